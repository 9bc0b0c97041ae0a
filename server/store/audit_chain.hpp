// The audit log's seal: each entry's hash covers the one before it, so that what was changed later shows.
//
// hash = hex SHA-256 over the previous entry's hash (64 zeros before the first) and n, at (milliseconds since 1970),
// actor, actor_name, action, subject, detail: each as its length in bytes in decimal, ":", the bytes, "\n".
// Changing, removing or inserting an entry breaks every hash after it. What a chain cannot show is that its newest
// entries were cut off; an operator who fears that notes the newest hash elsewhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/store.hpp"

namespace hearth::store {

[[nodiscard]] std::string audit_hash(std::string_view previous, const audit_entry& entry);

struct audit_report {
    std::int64_t entries = 0;                 ///< sound ones, from the first
    std::optional<std::int64_t> first_bad{};  ///< the `n` of the first that does not fit
};

/// Walks a log entry by entry, from the first.
class audit_walk {
public:
    /// False: this entry does not fit, and the walk is over.
    bool step(const audit_entry& entry);
    [[nodiscard]] const audit_report& report() const noexcept { return report_; }

private:
    audit_report report_;
    std::string previous_ = std::string(64, '0');
};

}  // namespace hearth::store
