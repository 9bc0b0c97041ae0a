// CASE as docs/PROTOCOL.md gives it, for HTTP and for those who watch the queue.
#pragma once

#include <span>
#include <string>

#include "core/event.hpp"
#include "core/review_case.hpp"
#include "store/store.hpp"

namespace hearth::review {

enum class case_detail : std::uint8_t {
    announcement,  ///< case_opened and case_updated: neither the message's text nor anything written about it
    list,          ///< with the text and what people wrote; without findings, context and history
    full,          ///< with findings; context and history when given
};

/// What stands around a message, and what its author has been part of in this room.
struct surroundings {
    std::span<const event> before, after;  ///< messages, oldest first
    store::author_history history;
    std::string_view cards;  ///< CARDS of docs/PROTOCOL.md, or empty: there are none for this case
};

/// `state`, `claimed_by` and `lease_expires_at` are as of `now`. The lease's token is never in it, nor who reported.
void append_case_json(std::string& out, const review_case& kase, case_detail detail, time_point now,
                      const surroundings* around = nullptr);

/// {"type":"case_opened"|"case_updated","case":CASE} for the socket.
[[nodiscard]] std::string case_announcement(const review_case& kase, bool opened, time_point now);

}  // namespace hearth::review
