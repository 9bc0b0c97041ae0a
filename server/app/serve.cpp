// The wiring diagram: each part is made here, once, in the order in which a message meets them.
#include "app/serve.hpp"

#include <fmt/core.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <optional>
#include <random>
#include <thread>

#include "api/router.hpp"
#include "app/assets.hpp"
#include "app/demo.hpp"
#include "app/open_store.hpp"
#include "app/other_servers.hpp"
#include "app/rules_in_force.hpp"
#include "app/shutdown.hpp"
#include "core/startup_error.hpp"
#include "identity/password_pool.hpp"
#include "identity/token.hpp"
#include "moderation/engine.hpp"
#include "net/http.hpp"
#include "net/listener.hpp"
#include "net/send_batch.hpp"
#include "ops/log.hpp"
#include "ops/metrics.hpp"
#include "ops/signals.hpp"
#include "remote/second_look.hpp"
#include "review/case_json.hpp"
#include "review/opening.hpp"
#include "rooms/hub.hpp"
#include "session/services.hpp"
#include "store/waiting.hpp"
#include "texts/notice.hpp"
#include "texts/toml_file.hpp"

namespace hearth::app {
namespace {

constexpr const char* version = "0.1.0";

/// Data that people wrote for the program: rules, words, lines to call.
struct knowledge {
    std::shared_ptr<const moderation::ruleset> rules;
    texts::catalogue words;
    texts::crisis_directory lines;
};

moderation::knowledge_files rule_files(const serve_options& options, const assets& from) {
    return {from.packs, from.model, cache_folder(options.where.data), from.claims};
}

knowledge load_knowledge(const serve_options& options, const assets& from) {
    try {
        return {moderation::load_rules(rule_files(options, from)), texts::catalogue::load(from.locales),
                texts::crisis_directory::load(from.crisis)};
    } catch (const moderation::pack_error& e) {
        throw startup_error(fmt::format("--assets: {} problem(s) in the rule packs, the first: {}", e.problems.size(),
                                        e.problems.front()));
    } catch (const texts::data_error& e) { throw startup_error(std::string("--assets: ") + e.what()); }
}

std::string notice_for(const knowledge& known, const moderation::verdict& found, std::string_view disposition,
                       std::string_view locale) {
    const bool care = found.lane == moderation::lane::care;
    const auto where = disposition == "held"                              ? texts::situation::held
                       : disposition == "blocked"                         ? texts::situation::blocked
                       : found.action == moderation::disposition::publish ? texts::situation::nudge
                       : care                                             ? texts::situation::care
                                                                          : texts::situation::flagged;
    const texts::notice_subject about{found.category ? std::string_view(*found.category) : std::string_view{}, care,
                                      found.author_needs_care};
    return texts::notice_json(known.words, known.lines, locale, where, about, true);
}

/// Asks the store whether it can write, at most once a second however often it is asked itself.
class readiness_probe {
public:
    readiness_probe(store::store& data, event_loop& loop) : data_(data), loop_(loop) {}

    void ask(std::function<void(bool)> answer) {
        loop_.post([this, answer = std::move(answer)] {
            if (ready_ && now() - asked_ < std::chrono::seconds(1)) return answer(true);
            asked_ = now();
            data_.check(loop_, [this, answer](outcome<void> state) {
                const bool was_ready = std::exchange(ready_, state.has_value());
                if (was_ready && !ready_) ops::log_warning("not ready: {}", state.error().detail);
                answer(ready_);
            });
        });
    }

private:
    store::store& data_;
    event_loop& loop_;
    time_point asked_{};  // both on the loop only
    bool ready_ = false;
};

/// None unless the operator names one. Throws startup_error.
std::unique_ptr<remote::classifier> remote_classifier(const serve_options& options, ops::metrics& metrics) {
    auto how = options.remote;
    if (how.url.empty()) return nullptr;
    if (!options.remote_key_file.empty()) {
        std::ifstream in(options.remote_key_file);
        if (!std::getline(in, how.key) || how.key.empty())
            throw startup_error("remote_classifier.key_file: " + options.remote_key_file.string() +
                                " holds no key in its first line");
        using std::filesystem::perms;
        const auto mode = std::filesystem::status(options.remote_key_file).permissions();
        if ((mode & (perms::group_all | perms::others_all)) != perms::none)
            throw startup_error("remote_classifier.key_file: others can read " + options.remote_key_file.string() +
                                "; make it mode 0600");
    }
    const auto url = how.url;
    auto made = std::make_unique<remote::classifier>(
        std::move(how), [&metrics](remote::outcome_kind what) { metrics.remote_asked(remote::to_string(what)); });
    ops::log_warning("messages are also sent to {} for a second look", url);
    return made;
}

}  // namespace

int serve(const serve_options& options) {
    must_be_private(options);
    ops::catch_signals();
    const auto& bounds = options.bounds;
    const auto found = find_assets(options.assets, options.pages);

    // Storage
    const auto storage = open_to_serve(options.where);
    const auto& data = storage.data;
    for (const auto& each : storage.warnings) ops::log_warning("{}", each);

    // Workers, each with its judge
    auto known = load_knowledge(options, found);
    const std::string first_rules(moderation::version_of(*known.rules).substr(0, 12));
    const auto threads = options.threads > 0 ? static_cast<unsigned>(options.threads)
                                             : std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::unique_ptr<net::station>> stations;
    std::vector<event_loop*> loops;
    for (unsigned i = 0; i < threads; ++i) {
        stations.push_back(std::make_unique<net::station>(i, bounds));
        loops.push_back(&stations.back()->loop());
    }
    ops::metrics metrics;
    rules_in_force rules(rule_files(options, found), std::move(known.rules), loops,
                         [&](bool taken) { metrics.rules_read_again(taken); });

    // Rooms and sessions
    session::people people(bounds.connections_per_person);
    rooms::hub hub(
        loops, *data, bounds,
        [](const review_case& what, bool opened) { return review::case_announcement(what, opened, now()); },
        [](std::optional<review_case> existing, const room_info& room, drift_note what) {
            return review::add_slide(std::move(existing), case_id{identity::new_id('c')}, room, std::move(what), now());
        },
        [&](const user_id& user) { people.end(user, close_code::unauthenticated); },
        [&](const review_case& opened) {
            metrics.case_opened();
            if (opened.page) metrics.page_sent();
        });
    session::services::rates allowed(bounds);
    listen_to_others(*data, hub, people, allowed.says, *loops.front());
    const auto asked = remote_classifier(options, metrics);
    std::optional<remote::second_look> elsewhere;
    if (asked) elsewhere.emplace(*asked, *data, hub, *loops.front());
    session::spellings spelled(
        store::wait(*data, &store::store::list_variants).value(), std::random_device{}(), now(),
        [&](const std::shared_ptr<const moderation::variants>& accepted) {
            for (auto* each : loops)
                each->post([&rules, each, accepted] { rules.judges()[each->index()].read_as(accepted); });
        });
    session::services services{
        *data,
        hub,
        people,
        bounds,
        allowed,
        rules.judges(),
        spelled,
        [&](const failure& what, std::string_view locale) { return known.words.sentence(locale, what); },
        [&](const moderation::verdict& verdict, std::string_view disposition, std::string_view locale) {
            return notice_for(known, verdict, disposition, locale);
        },
        [&](std::string_view disposition) { metrics.message_said(disposition); },
        elsewhere ? [&](const room_info& room, event message) { elsewhere->consider(room, std::move(message)); }
                  : std::function<void(const room_info&, event)>{},
        version};

    // HTTP
    identity::password_pool passwords;
    const auto tls = options.tls_cert.empty() ? net::tls_context{} : net::make_tls(options.tls_cert, options.tls_key);
    const net::trusted_networks proxies(options.proxy_protocol);
    const net::site pages(found.pages);
    readiness_probe readiness(*data, *loops.front());
    net::admission doors(bounds.connections, bounds.connections_per_address);
    std::optional<api::router> api;  // made once the address is known, before anyone is let in
    net::web web{pages,
                 services,
                 doors,
                 bounds,
                 [&](api::request asked, api::responder answer) {
                     api->handle(std::move(asked), [&metrics, answer = std::move(answer)](api::response given) {
                         metrics.request_answered(given.status);
                         answer(std::move(given));
                     });
                 },
                 [&](std::function<void(bool)> answer) { readiness.ask(std::move(answer)); },
                 [&] {
                     metrics.people_connected(people.all().size());
                     return metrics.text();
                 },
                 proxies,
                 options.behind_proxy,
                 false};
    net::listener door(options.listen, stations, web, tls.get());

    auto url = options.public_url;
    if (url.empty()) {
        const auto port = std::to_string(door.where().port());
        const auto host = options.listen.substr(0, options.listen.rfind(':'));
        url = (tls ? "https://" : "http://") + (host == "127.0.0.1" ? std::string("localhost") : host) + ":" + port;
    }
    const api::options how{url, tls || options.has_proxy(), options.demo};
    api.emplace(api::services{*data, hub, passwords, known.words, known.lines, [&] { return rules.claims(); }, spelled,
                              bounds, *loops.front(), how});
    for (auto& each : stations) each->loop().start();
    door.start();
    ops::log_info("hearth {} listens on {} with {} thread(s), data in {}, rules {}", version, url, threads,
                  storage.place, first_rules);
    ops::log_info("what a round brings is sent with one call for {}",
                  net::send_batch::possible() ? "many members (io_uring)" : "each member (io_uring is not permitted)");
    if (!bounds.rate_limits) ops::log_warning("RATE LIMITS ARE OFF: this server is for measurements only");
    if (pages.empty()) ops::log_warning("no pages found: only the interface is served");
    if (options.demo) {
        const auto links = prepare_demo(*data, known.words, url);
        fmt::print("\n  Come in as a member:     {}\n  Sign in as a moderator:  {}\n  Sign in as an admin:     {}\n\n",
                   links.member, links.moderator, links.admin);
        std::fflush(stdout);
    }

    while (ops::wait_for_wish() == ops::wish::read_again) rules.read_again();
    shut_down(door, web, stations, hub, passwords, *data, bounds);
    ops::log_info("ended");
    return 0;
}

int check_config(const serve_options& options) {
    must_be_private(options);
    const auto found = find_assets(options.assets, options.pages);
    const auto known = load_knowledge(options, found);
    (void)net::trusted_networks(options.proxy_protocol);
    if (!options.tls_cert.empty()) (void)net::make_tls(options.tls_cert, options.tls_key);
    (void)open_store(options.where);
    fmt::print("The configuration is sound: rules {}.\n", moderation::version_of(*known.rules));
    return 0;
}

}  // namespace hearth::app
