// Spellings that all but are a known term, for all workers: what was heard, what people have decided, and who is told of it.
//
// Any thread may call; the lock is held for a look-up and a count.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "core/variant.hpp"
#include "moderation/radar/radar.hpp"
#include "moderation/text/variants.hpp"

namespace hearth::session {

class spellings {
public:
    /// Takes the accepted variants to the judges, now and after each decision, in the order of the decisions.
    using teller = std::function<void(std::shared_ptr<const moderation::variants>)>;

    spellings(const std::vector<variant_decision>& decided, std::uint64_t salt, time_point now, teller tell);

    /// `clean`: nothing was found in the message.
    void hear(const std::vector<moderation::near_miss>& misses, const user_id& author, bool clean, time_point now);
    [[nodiscard]] std::vector<moderation::suggestion> suggestions(time_point now);
    /// To be called once the decision is stored.
    void decided(const variant_decision& what);

private:
    void note(const variant_decision& what);
    void tell() const;

    std::mutex lock_;
    moderation::radar radar_;
    std::unordered_map<std::string, std::string> accepted_;  // word -> term
    teller tell_;
};

}  // namespace hearth::session
