// One client's life: who they say they are, which rooms they sit in, and an answer to everything they ask.
//
// Runs on the loop of its connection. Every command is checked against the sender's standing when it takes effect: the
// store checks the speaker in the same commit that makes the message durable.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "protocol/command.hpp"
#include "rooms/hub.hpp"
#include "session/channel.hpp"
#include "session/services.hpp"

namespace hearth::session {

/// What the connection knows of its client before the first command.
struct introduction {
    std::string cookie;   ///< session token from the upgrade's cookie, or empty
    std::string locale;   ///< from Accept-Language: en, fr or id
    std::string address;  ///< rate-limit prefix; kept in memory only
};

class session final : public std::enable_shared_from_this<session>, public rooms::subscriber {
public:
    session(services& with, event_loop& loop, channel& client, introduction intro);

    /// One frame's text. False: it held something that is no JSON, and the connection is to end with 1007.
    [[nodiscard]] bool receive(std::string_view frame);
    /// The connection is gone: nothing may be sent any more, seats are given back.
    void gone();
    void end(close_code why);
    [[nodiscard]] bool settled() const noexcept { return pending_ == 0; }
    [[nodiscard]] bool overloaded() const noexcept {
        return pending_ + static_cast<int>(waiting_.size()) > max_pending;
    }
    [[nodiscard]] bool known() const noexcept { return known_; }

    // rooms::subscriber
    [[nodiscard]] const person& who() const noexcept override { return me_; }
    void deliver(const rooms::frame& bytes) override;
    void deliver_ephemeral(const rooms::frame& bytes) override;
    void taken_out(room_id room, bool banned) override;

private:
    static constexpr int max_pending = 64;  ///< commands under way; the connection stops reading above it

    using id_text = std::string;
    struct place {
        std::string slug;
        std::unique_ptr<rooms::seat> seat;
        std::size_t present = 0;  ///< people there when it was taken
        std::string said{};       ///< this person's newest lines, the last one at `said_at`
        time_point said_at{};
    };
    struct words {
        id_text id;
        protocol::say what;
    };

    void handle(id_text id, protocol::command what);
    void on(id_text id, protocol::hello& c);
    void on(id_text id, protocol::join& c);
    void on(id_text id, protocol::accept& c);
    void on(id_text id, protocol::leave& c);
    void on(id_text id, protocol::say& c);
    void on(id_text id, protocol::edit& c);
    void on(id_text id, protocol::retract& c);
    void on(id_text id, protocol::react& c);
    void on(id_text id, protocol::report& c);
    void on(id_text id, protocol::history& c);
    void on(id_text id, protocol::typing& c);
    void on(id_text id, protocol::ping& c);
    void on(id_text id, protocol::watch& c);

    void welcome(const id_text& id, person me, std::string new_token);
    void enter(const id_text& id, const protocol::join& c, const room_info& room);
    void file_report(const id_text& id, const protocol::report& c, const room_info& room, const event& message,
                     int tries);
    void apply_edit(const id_text& id, const protocol::edit& c, const room_info& room, const event& message,
                    std::optional<review_case> existing);
    /// What a message answers to: its text, where it has one, or that it could not be read.
    struct parent {
        std::string text;
        bool unread = false;
    };
    [[nodiscard]] moderation::verdict judge(std::string_view text, const room_info& room, const parent& before,
                                            std::string_view own_before = {});
    /// Says what waits, in the order it came; an answer waits until the message that it answers was read.
    void say_waiting();
    /// The same without reading, for who leaves.
    void say_waiting_at_once();
    void say_next(const parent& before);

    /// The seat in `slug`, or null after the error was sent: not_a_member, or unknown_room if there is no such room.
    place* seat_in(const id_text& id, const std::string& slug);
    [[nodiscard]] place* seated(const std::string& slug) noexcept;
    /// Finds a message this person may see, for `then`; errors are sent.
    void with_message(const id_text& id, const std::string& slug, seq_t seq,
                      std::function<void(const room_info&, event)> then);
    /// `then_do` gets what was committed; a failure is sent.
    template <class F>
    callback<store::committed> answered(const id_text& id, F then_do) {
        return then<store::committed>([this, id, then_do = std::move(then_do)](outcome<store::committed> result) {
            if (result.has_error()) return refuse(id, result.error());
            then_do(*result);
        });
    }
    template <class F>
    void submit(const id_text& id, store::room_commit unit, F then_do) {
        with_.rooms.submit(std::move(unit), loop_, answered(id, std::move(then_do)));
    }
    /// The same for words: the room also hears how far they lean.
    template <class F>
    void submit(const id_text& id, store::room_commit unit, rooms::overheard heard, F then_do) {
        with_.rooms.say(std::move(unit), std::move(heard), loop_, answered(id, std::move(then_do)));
    }

    void refuse(std::string_view id, const failure& what);
    /// Takes one use for this person (or, before hello, this network); false after rate_limited was sent.
    [[nodiscard]] bool allow(identity::rate_limiter& bucket, const id_text& id);
    void done_one();

    /// A callback that counts as a command under way; `then` runs only while the client is there.
    template <class T, class F>
    callback<T> then(F f) {
        ++pending_;
        return [self = shared_from_this(), f = std::move(f)](outcome<T> result) mutable {
            if (self->client_) f(std::move(result));
            self->done_one();
        };
    }

    services& with_;
    event_loop& loop_;
    channel* client_;
    introduction intro_;
    person me_;
    bool known_ = false, greeting_ = false, watching_ = false;
    int pending_ = 0;
    std::vector<place> places_;
    std::vector<words> waiting_;
    std::uint32_t reading_ = 0;  ///< number of the newest reading for `waiting_`; an older one comes too late
    std::chrono::steady_clock::time_point typed_at_{};
};

}  // namespace hearth::session
