// Who is in a room, here and through other processes, and what changed since the room and the others were last told: a
// pure value, told at intervals.
#pragma once

#include <chrono>
#include <cstddef>
#include <unordered_map>
#include <vector>

#include "core/person.hpp"

namespace hearth::rooms {

class presence {
public:
    /// Up to this many people are named; a larger room is told their number only.
    static constexpr std::size_t named_people = 50;

    struct change {
        std::size_t count = 0;
        std::vector<person> joined;
        std::vector<user_id> left;
    };
    struct report {
        std::vector<person> came;
        std::vector<user_id> went;
    };

    /// `reports`: other processes are told who came here and went.
    explicit presence(bool reports = false) : reports_(reports) {}

    void enter(const person& who);
    void leave(const user_id& who);
    /// Who is present through other processes now: by name, also those who are here, too; or how many more there are.
    void elsewhere(const std::vector<person>& named, std::size_t unnamed);

    [[nodiscard]] std::size_t count() const noexcept { return people_.size() + unnamed_; }
    [[nodiscard]] bool anybody_here() const noexcept { return here_ > 0; }
    /// Everyone present; empty in a room too large to name them.
    [[nodiscard]] std::vector<person> members() const;
    /// Null: not known to be present.
    [[nodiscard]] const person* find(const user_id& who) const;
    [[nodiscard]] bool changed() const noexcept { return told_ != count() || !news_.empty(); }
    /// What to tell the room now. Names only what lasted: who came and went in between is not mentioned.
    [[nodiscard]] change take();
    [[nodiscard]] bool unreported() const noexcept { return !unreported_.empty(); }
    /// What to tell other processes now: what lasted, or, if `whole`, everyone who is here.
    [[nodiscard]] report take_report(bool whole);
    /// How long to gather changes before telling: small rooms soon, large rooms seldom.
    [[nodiscard]] std::chrono::milliseconds pause() const noexcept;

private:
    struct one {
        person who;
        int connections = 0;  ///< here
        bool elsewhere = false;
    };
    using news = std::unordered_map<user_id, bool>;  ///< true: was not there when last told
    static void note(news& into, const user_id& who, bool came);

    bool reports_;
    std::unordered_map<user_id, one> people_;
    std::size_t here_ = 0, unnamed_ = 0;
    news news_, unreported_;
    std::size_t told_ = 0;
};

}  // namespace hearth::rooms
