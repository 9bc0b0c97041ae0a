// Every sentence the server says to a person, in each of its languages; code knows keys only.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/room_info.hpp"

namespace hearth::texts {

/// What happened to a message when it was said: where it is and who can see it.
enum class situation : std::uint8_t {
    care,     ///< published, and someone looks after its author
    flagged,  ///< published, and a moderator reads it
    held,
    blocked,
    nudge,  ///< published; a hint for its author alone
};

/// What a moderator decided.
enum class ruling : std::uint8_t { released, kept, removed, warned, muted, banned, resources };

/// Languages of the catalogue; the first is the one to fall back to.
inline constexpr std::string_view locales[]{"en", "fr", "id"};

class catalogue {
public:
    /// Reads `<locale>.toml` of each language. Throws data_error (texts/toml_file.hpp) naming every key that is missing,
    /// unknown, empty, or has other placeholders than in the other languages.
    [[nodiscard]] static catalogue load(const std::filesystem::path& folder);

    // Below, a locale that is not in the catalogue reads as English.

    /// The sentence for a failure: its `message` on the socket.
    [[nodiscard]] std::string sentence(std::string_view locale, const failure& what) const;
    /// A few words for a failure: the `title` of a problem document.
    [[nodiscard]] std::string_view title(std::string_view locale, errc code) const;
    /// Why a message was noticed, what happens with it and who can see it. `category` may be empty or unknown to the
    /// catalogue. `care_too`: its author needs something although harm leads, and gets help with this notice.
    [[nodiscard]] std::string explain(std::string_view locale, situation where, std::string_view category,
                                      bool care_too) const;
    /// What a moderator decided; `until` where a mute or ban ends.
    [[nodiscard]] std::string decided(std::string_view locale, ruling what, std::string_view category,
                                      std::optional<time_point> until) const;
    [[nodiscard]] std::string_view default_rules(std::string_view locale, room_kind kind) const;

    /// Categories that have a text of their own, sorted.
    [[nodiscard]] std::vector<std::string_view> categories() const;

private:
    using texts = std::map<std::string, std::string, std::less<>>;
    [[nodiscard]] std::string_view get(std::string_view locale, std::string_view section, std::string_view key) const;
    [[nodiscard]] std::string_view why(std::string_view locale, std::string_view category) const;

    std::map<std::string, texts, std::less<>> by_locale_;
};

/// Keys that code asks for by name, as "section.key"; [why] has one more per category.
[[nodiscard]] std::span<const std::string_view> fixed_keys() noexcept;

}  // namespace hearth::texts
