#include "house.hpp"

#include "identity/password.hpp"
#include "identity/token.hpp"
#include "review/opening.hpp"
#include "store/sqlite/open.hpp"

namespace house {

void hand_loop::post(std::function<void()> work) {
    const std::lock_guard guard(lock_);
    work_.push_back(std::move(work));
    arrived_.notify_one();
}

void hand_loop::run(std::vector<std::function<void()>> batch) {
    for (auto& work : batch) post(std::move(work));
}

void hand_loop::until(const std::function<bool()>& done) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!done()) {
        std::function<void()> work;
        {
            std::unique_lock guard(lock_);
            const bool came = arrived_.wait_until(guard, end, [&] { return !work_.empty(); });
            REQUIRE(came);
            work = std::move(work_.front());
            work_.pop_front();
        }
        work();
    }
}

void plain_gateway::submit(store::room_commit unit, completions& to, callback<store::committed> done) {
    store_.commit(std::move(unit), to, std::move(done));
}

std::string reply::header(std::string_view name) const {
    for (const auto& [key, value] : raw.headers)
        if (key == name) return value;
    return "";
}

std::string code(const reply& got) {
    const auto* object = got.body.if_object();
    return object && object->contains("code") && got.status >= 400 ? got.text("code") : "";
}

std::string field(const reply& got) {
    const auto* object = got.body.if_object();
    return object && object->contains("field") ? got.text("field") : "";
}

place::place(limits given)
    : bounds(given),
      store(store::sqlite::open_sqlite(folder.path())),
      gateway(*store),
      words(texts::catalogue::load(std::filesystem::path(HEARTH_SOURCE_DIR) / "server/locales")),
      lines(texts::crisis_directory::load(std::filesystem::path(HEARTH_SOURCE_DIR) / "server/crisis")),
      spellings({}, 0, now(), [this](auto table) { told.push_back(std::move(table)); }),
      router({*store,
              gateway,
              passwords,
              words,
              lines,
              [this] { return std::shared_ptr<const moderation::claim_book>(std::shared_ptr<void>(), &claims); },
              spellings,
              bounds,
              loop,
              {"https://hearth.example.org", false}}) {
    claims.add({"claim.zorp.fine",
                "misinfo.cure",
                {{"en", {"Zorps are fine.", "They are not.", "Ask someone."}},
                 {"fr", {"Les zorps, ça va.", "Non.", "Demande à quelqu'un."}},
                 {"id", {"Zorp itu aman.", "Tidak.", "Tanya orang."}}},
                {{"WHO", "Zorps", "https://www.who.int"}},
                "",
                ""});
    claims.add({"claim.zorp.other", "misinfo.cure", {{"en", {"a", "b", "c"}}}, {}, "A person", "2026-01-31"});
    admin = staff("Cedar", role::admin);
    mods = staff("Alder", role::moderator);
    others = staff("Birch", role::moderator);
    room.slug = "harbour";
    room.title = "Harbour";
    room.languages = {"en"};
    room.rules = "Be kind.";
    room.created_at = now();
    room = get<room_info>([&](auto done) { store->add_room(room, {}, loop, done); });
}

place::~place() {
    passwords.stop();
    store->stop();
    store.reset();
}

reply place::ask(const std::string& method, const std::string& path, const std::string& body, const with& how) {
    api::request asked;
    asked.method = method;
    asked.path = "/api/v1" + path;
    asked.query = how.query;
    asked.body = body;
    asked.bearer = how.token;
    asked.cookie = how.cookie;
    asked.origin = how.origin;
    asked.host = "hearth.example.org";
    asked.locale = how.locale;
    asked.address = how.address;
    asked.secure = how.secure;
    std::optional<reply> got;
    router.handle(std::move(asked), [&](api::response answer) {
        REQUIRE(!got);  // once and only once
        reply r;
        r.status = answer.status;
        if (!answer.body.empty()) r.body = json::parse(answer.body);
        r.raw = std::move(answer);
        got = std::move(r);
    });
    loop.until([&] { return got.has_value(); });
    if (got->status >= 400) {
        CHECK(got->raw.content_type == "application/problem+json");
        CHECK(got->body.at("status") == got->status);
        CHECK(!got->text("title").empty());
        CHECK(!got->text("detail").empty());
    }
    CHECK(got->header("Cache-Control") == "no-store");
    return *got;
}

reply place::as(const std::string& token, const std::string& method, const std::string& path, const std::string& body) {
    with how;
    how.token = token;
    return ask(method, path, body, how);
}

place::someone place::staff(const std::string& name, role as, const std::string& password) {
    account entry;
    entry.who = {user_id{identity::new_id('u')}, name, as};
    entry.password_hash = password.empty() ? "unusable" : identity::hash_password(password);
    entry.created_at = now();
    get<account>([&](auto done) { store->add_account(entry, loop, done); });
    someone out{entry.who, identity::new_token()};
    session_record session{identity::hash_token(out.token), entry.who.id, now() + std::chrono::hours(1), false};
    get<void>([&](auto done) { store->add_session(session, loop, done); });
    return out;
}

std::string place::invite(std::int64_t uses) {
    const auto code = identity::new_token();
    const auto at = now();
    invite_record made{
        identity::hash_token(code), identity::new_id('i'), room.id, uses, at + std::chrono::hours(1), at, {}};
    get<void>([&](auto done) { store->add_invite(made, loop, done); });
    return code;
}

place::someone place::guest(const std::string& name) {
    const auto got = ask("POST", "/guests", json::serialize(json::object{{"invite", invite()}, {"name", name}}));
    REQUIRE(got.status == 200);
    return {{user_id{std::string(got.body.at("user").at("id").as_string())}, name, role::member}, got.text("token")};
}

seq_t place::say(const person& author, const std::string& text, audience seen_by, const std::string& category,
                 moderation::lane lane, int severity, const std::string& rule) {
    static int keys = 0;
    event said;
    said.seen_by = seen_by;
    said.at = now();
    said.author = author;
    said.key = "k" + std::to_string(++keys);
    said.text = text;
    said.fields = R"("intent":"support")";
    store::room_commit unit;
    unit.room = room.id;
    unit.at = said.at;
    if (!category.empty()) {
        moderation::verdict found;
        found.action =
            seen_by == audience::everyone ? moderation::disposition::publish_and_flag : moderation::disposition::hold;
        found.category = category;
        found.lane = lane;
        found.severity = severity;
        found.author_needs_care = lane == moderation::lane::care;
        found.signals = {{category, rule, "self/now/disclosing", 0, 3}};
        found.pack_version = "p1";
        unit.opened = review::open_case(case_id{identity::new_id('c')}, found, {said, room, 3}, said.at);
    }
    unit.events = {said};
    return get<store::committed>([&](auto done) { store->commit(unit, loop, done); }).seqs.at(0);
}

json::value place::case_of(seq_t seq) {
    const auto kase = get<review_case>([&](auto done) { store->find_case_of(room.id, seq, loop, done); });
    const auto got = as(admin.token, "GET", "/cases/" + kase.id.value);
    REQUIRE(got.status == 200);
    return got.body;
}

event place::event_at(seq_t seq) {
    return get<event>([&](auto done) { store->find_event(room.id, seq, loop, done); });
}

std::vector<event> place::events() {
    return get<store::event_page>([&](auto done) { store->events_after(room.id, 0, 1000, {}, loop, done); }).events;
}

std::vector<store::audit_entry> place::audit() {
    return get<std::vector<store::audit_entry>>([&](auto done) { store->list_audit(0, 1000, loop, done); });
}

membership place::standing(const person& who) {
    return get<membership>([&](auto done) { store->find_membership(room.id, who.id, loop, done); });
}

}  // namespace house
