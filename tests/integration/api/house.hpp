// The HTTP handlers over a real store in a folder of its own, with a few people and a room.
#pragma once

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "api/router.hpp"
#include "moderation/claims.hpp"
#include "moderation/verdict.hpp"
#include "session/spellings.hpp"
#include "store/store.hpp"
#include "support/temporary_folder.hpp"

namespace house {

using namespace hearth;
namespace json = boost::json;

/// A loop that the test turns by hand.
class hand_loop final : public event_loop {
public:
    void run(std::vector<std::function<void()>> batch) override;
    void post(std::function<void()> work) override;
    void at_round_end(std::function<void()> work) override { post(std::move(work)); }
    void after(std::chrono::milliseconds, std::function<void()> work) override { post(std::move(work)); }
    std::size_t index() const noexcept override { return 0; }
    bool here() const noexcept override { return true; }
    /// Runs what arrives until `done` says so; fails the test after ten seconds.
    void until(const std::function<bool()>& done);

private:
    std::mutex lock_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> work_;
};

/// Commits straight to the store and remembers what rooms were told.
class plain_gateway final : public rooms::gateway {
public:
    explicit plain_gateway(store::store& store) : store_(store) {}
    void submit(store::room_commit unit, completions& to, callback<store::committed> done) override;
    void room_changed(const room_info& room) override { rooms.push_back(room); }
    void person_left(const user_id& user) override { left.push_back(user); }

    std::vector<room_info> rooms;
    std::vector<user_id> left;

private:
    store::store& store_;
};

struct reply {
    int status = 0;
    json::value body;
    api::response raw;
    std::string header(std::string_view name) const;
    std::string text(std::string_view member) const {
        return std::string(body.at({member.data(), member.size()}).as_string());
    }
};

/// What a request carries beside its method, path and body.
struct with {
    std::string token, cookie, origin;
    std::string locale = "en";
    std::map<std::string, std::string, std::less<>> query;
    std::string address = "192.0.2.0/24";
    bool secure = false;
};

class place {
public:
    explicit place(limits bounds = {});
    ~place();

    reply ask(const std::string& method, const std::string& path, const std::string& body = "", const with& how = {});
    /// The same with a bearer token.
    reply as(const std::string& token, const std::string& method, const std::string& path,
             const std::string& body = "");

    /// Waits for one call of the store.
    template <class T, class Call>
    T get(Call call) {
        std::optional<outcome<T>> result;
        call([&](outcome<T> r) { result = std::move(r); });
        loop.until([&] { return result.has_value(); });
        if constexpr (!std::is_void_v<T>)
            return std::move(*result).value();
        else
            result->value();
    }

    /// A signed-in person; the token opens their session.
    struct someone {
        person who;
        std::string token;
    };
    someone staff(const std::string& name, role as, const std::string& password = "");
    someone guest(const std::string& name);
    std::string invite(std::int64_t uses = 1);

    /// A message in the room, with the case that a verdict of this kind opens.
    seq_t say(const person& author, const std::string& text, audience seen_by = audience::everyone,
              const std::string& category = "", moderation::lane lane = moderation::lane::harm, int severity = 3,
              const std::string& rule = "a.rule");
    json::value case_of(seq_t seq);
    event event_at(seq_t seq);
    std::vector<event> events();
    std::vector<store::audit_entry> audit();
    membership standing(const person& who);

    support::temporary_folder folder;
    limits bounds;
    hand_loop loop;
    std::unique_ptr<store::store> store;
    plain_gateway gateway;
    identity::password_pool passwords;
    texts::catalogue words;
    texts::crisis_directory lines;
    moderation::claim_book claims;  ///< claim.zorp.fine and claim.zorp.other, of misinfo.cure
    std::vector<std::shared_ptr<const moderation::variants>> told;  ///< what judges would read, decision by decision
    session::spellings spellings;
    api::router router;
    room_info room;
    someone admin, mods, others;
};

/// The problem's code, or "" when there is none.
[[nodiscard]] std::string code(const reply& got);
[[nodiscard]] std::string field(const reply& got);

}  // namespace house
