// What is often said and not true, with what is known and what to do: the fact cards that a moderator may show a room.
//
// The engine only recognises a claim (its id is the rule's); whether a card goes into a room is a person's decision.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hearth::moderation {

struct claim_source {
    std::string name;   ///< who says it: "NHS"
    std::string title;  ///< where: the document's name
    std::string url;    ///< the publisher's site

    template <class Archive>
    void keep(Archive& io) {
        io(name, title, url);
    }
};

/// One claim in one language: what people say, what is known, what helps now.
struct claim_text {
    std::string claim, correction, what_to_do;

    template <class Archive>
    void keep(Archive& io) {
        io(claim, correction, what_to_do);
    }
};

struct claim {
    std::string id;                                        ///< "claim.alcohol.stop-at-once"
    std::string category;                                  ///< one of misinfo.*
    std::map<std::string, claim_text, std::less<>> texts;  ///< by language; every pack language is there
    std::vector<claim_source> sources;
    std::string reviewed_by, reviewed_on;  ///< empty: no professional has read it yet, and a reader is told so

    template <class Archive>
    void keep(Archive& io) {
        io(id, category, texts, sources, reviewed_by, reviewed_on);
    }
};

class claim_book {
public:
    void add(claim one);
    /// Null for an id that is no claim's, or no longer one's.
    [[nodiscard]] const claim* find(std::string_view id) const;
    [[nodiscard]] std::size_t size() const noexcept { return claims_.size(); }
    [[nodiscard]] auto begin() const noexcept { return claims_.begin(); }
    [[nodiscard]] auto end() const noexcept { return claims_.end(); }

    template <class Archive>
    void keep(Archive& io) {
        io(claims_);
    }

private:
    std::map<std::string, claim, std::less<>> claims_;
};

/// The text for a reader of `language`, else English, else any.
[[nodiscard]] const claim_text& text_for(const claim& one, std::string_view language);

}  // namespace hearth::moderation
