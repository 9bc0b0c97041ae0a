// A room's newest events in memory, so that most joins and resumes never ask the store.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "core/event.hpp"
#include "core/person.hpp"
#include "core/review_case.hpp"

namespace hearth::rooms {

class recent {
public:
    static constexpr std::size_t max_events = 128;

    /// Starts from the log's tail, ascending; `complete`: there is nothing before it.
    void load(std::vector<event> tail, bool complete, seq_t head);
    void push(event what);
    /// As store::rewrite does to the log: new text, or none, for a message (or a fact card) and all events about it.
    void rewrite(seq_t target, const std::optional<std::string>& text);

    [[nodiscard]] seq_t head() const noexcept { return head_; }
    /// Events after `after` that `viewer` may see; nullopt when they are not all here.
    [[nodiscard]] std::optional<std::vector<const event*>> since(seq_t after, const person& viewer) const;
    /// The newest `count` that `viewer` may see; nullopt when there may be more of them in the store.
    [[nodiscard]] std::optional<std::vector<const event*>> newest(std::size_t count, const person& viewer) const;
    /// Up to `count` public messages before `seq`, oldest first.
    [[nodiscard]] std::vector<quoted_message> before(seq_t seq, std::size_t count) const;
    /// Those of these public messages (ascending) that are here and still have their text, oldest first.
    [[nodiscard]] std::vector<quoted_message> quoted(std::span<const std::uint64_t> seqs) const;
    /// Null when it is no message or not here any more.
    [[nodiscard]] const event* message(seq_t seq) const;

private:
    std::deque<event> events_;
    seq_t floor_ = 0;  ///< every event with a greater seq is here
    seq_t head_ = 0;
};

}  // namespace hearth::rooms
