#include "app/command_line.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <functional>

#include "app/commands.hpp"
#include "app/config_file.hpp"
#include "app/serve.hpp"
#include "core/startup_error.hpp"
#include "store/sqlite/data_dir.hpp"

namespace hearth::app {
namespace {

void add_storage(CLI::App& command, storage& where) {
    command.add_option("--data", where.data, "Folder that holds the data")->capture_default_str();
    command.add_option("--store", where.store, "Where data is kept: sqlite or redis")->capture_default_str();
    command.add_option("--redis", where.redis,
                       "Its address: redis://[user:password@]host[:port][/database], unix:///path, "
                       "sentinel://host:port,host:port/name "
                       "or cluster://host:port,host:port");
    command
        .add_option("--redis-wait-replicas", where.redis_wait_replicas,
                    "Acknowledge what so many of its replicas have; 0: what it has itself")
        ->check(CLI::Range(0, storage::most_wait_replicas))
        ->capture_default_str();
}

/// The configuration file is read before the command line is parsed, so that the line wins.
void read_config_first(int argc, char** argv, serve_options& into) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--config" && i + 1 < argc) read_config(argv[i + 1], into);
        if (word.starts_with("--config=")) read_config(std::string(word.substr(9)), into);
    }
}

void add_serve_options(CLI::App& command, serve_options& into, std::string& config, bool& no_rate_limits) {
    add_storage(command, into.where);
    command.add_option("--config", config, "Configuration file (TOML); the command line wins over it");
    command.add_option("--listen", into.listen, "ADDR:PORT to listen on")->capture_default_str();
    command.add_option("--threads", into.threads, "Worker threads; 0 is one per core")->check(CLI::Range(0, 256));
    command.add_option("--tls-cert", into.tls_cert, "Certificate chain in PEM");
    command.add_option("--tls-key", into.tls_key, "Private key in PEM");
    command.add_flag("--behind-proxy", into.behind_proxy, "A proxy of yours terminates TLS and sets X-Forwarded-For");
    command.add_option(
        "--proxy-protocol", into.proxy_protocol,
        "Your proxies' addresses or networks, as 10.0.0.5,10.1.0.0/16: they terminate TLS and begin each "
        "connection with a PROXY header");
    command.add_option("--public-url", into.public_url, "How people reach this server, for links: https://example.org");
    command.add_option("--assets", into.assets, "Folder with packs, claims, model, locales and crisis lines");
    command.add_option("--pages", into.pages, "Folder with the built web pages");
    command.add_flag("--demo", into.demo, "Make example rooms and print links to try them");
    command.add_flag("--no-rate-limits", no_rate_limits, "For measurements on loopback listeners");
}

void add_pack_commands(CLI::App& app, pack_options& into, std::function<int()>& chosen) {
    auto* packs = app.add_subcommand("packs", "The rules that judge: try, read and compare them");
    packs->require_subcommand(1);
    const auto add = [&](const char* name, const char* what, int (*body)(const pack_options&)) {
        auto* command = packs->add_subcommand(name, what);
        command->add_option("--packs", into.packs,
                            "Folder of rule packs, its claims beside it, or a folder that holds both");
        command->callback([&into, &chosen, body] { chosen = [&into, body] { return body(into); }; });
        return command;
    };
    auto* lint = add("lint", "Check every rule, claim, example and twin; exit status 1 if one is wrong", lint_packs);
    lint->add_option("--language", into.language, "Only this language's rules");
    auto* show = add("show", "What a rule, a claim or a category says", show_packs);
    show->add_option("NAME", into.name, "Id of a rule, claim or category; voice, ideas")->required();
    auto* diff = add("diff", "What other packs say otherwise; exit status 1 if they do", diff_packs);
    diff->add_option("FOLDER", into.other, "The other packs, as for --packs")->required();
    auto* attempt = add("try", "What the rules alone make of a text", try_packs);
    attempt->add_option("TEXT", into.text)->required();
    attempt->add_option("--topic", into.topic, "The room's topic")->capture_default_str();
}

}  // namespace

int run(int argc, char** argv) {
    serve_options serving;
    room_options room;
    user_options user;
    invite_options invite;
    storage where;
    pack_options packs;
    std::string config, erased, moved_from, moved_to, topic = "general";
    std::filesystem::path file, assets_folder;
    std::vector<std::string> languages;
    bool no_rate_limits = false, as_json = false;
    std::vector<std::filesystem::path> labelled;
    std::size_t worst = 30;
    std::function<int()> chosen;

    CLI::App app{"Hearth: moderated online peer support"};
    app.require_subcommand(1);
    app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);  // so that scripts can be overruled
    app.set_version_flag("--version", "hearth 0.1.0");

    auto* serve_command = app.add_subcommand("serve", "Run the server");
    add_serve_options(*serve_command, serving, config, no_rate_limits);
    serve_command->callback([&] { chosen = [&] { return serve(serving); }; });

    auto* check_command = app.add_subcommand("check-config", "Say whether serve would start with these options");
    add_serve_options(*check_command, serving, config, no_rate_limits);
    check_command->callback([&] { chosen = [&] { return check_config(serving); }; });

    auto* user_command = app.add_subcommand("user", "Staff accounts");
    user_command->require_subcommand(1);
    auto* user_add =
        user_command->add_subcommand("add", "Add a staff account; the password is read from standard input, or made");
    user_add->add_option("NAME", user.name)->required();
    user_add->add_option("--role", user.role, "admin, moderator or facilitator")->required();
    add_storage(*user_add, user.where);
    user_add->callback([&] { chosen = [&] { return add_user(user); }; });
    auto* user_erase = user_command->add_subcommand("erase", "Erase a person: their words, their name, their way in");
    user_erase->add_option("NAME", erased, "A staff name, or a person's id")->required();
    add_storage(*user_erase, where);
    user_erase->callback([&] { chosen = [&] { return erase_user(where, erased); }; });

    auto* room_command = app.add_subcommand("room", "Rooms");
    room_command->require_subcommand(1);
    auto* room_add = room_command->add_subcommand("add", "Add a room");
    room_add->add_option("SLUG", room.slug, "Its name in addresses: a-z, 0-9 and -")->required();
    room_add->add_option("--title", room.title)->required();
    room_add->add_option("--kind", room.kind, "peer_support or therapy_group")->required();
    room_add->add_option("--topic", room.topic, "addiction, eating, mood, trauma, illness or general")->required();
    room_add->add_option("--language", room.languages, "en, fr or id; again for more")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->allow_extra_args(false);
    room_add->add_option("--rules", room.rules, "File with ground rules to accept before joining");
    room_add->add_flag("--open", room.open, "Anyone the server knows may join");
    add_storage(*room_add, room.where);
    room_add->callback([&] { chosen = [&] { return add_room(room); }; });

    auto* invite_command = app.add_subcommand("invite", "Make an invite to a room; its code is the last word printed");
    invite_command->add_option("SLUG", invite.slug)->required();
    invite_command->add_option("--uses", invite.uses)->capture_default_str();
    invite_command->add_option("--expires", invite.expires, "15m, 12h, 7d …")->capture_default_str();
    add_storage(*invite_command, invite.where);
    invite_command->callback([&] { chosen = [&] { return add_invite(invite); }; });

    auto* moderate_command = app.add_subcommand("moderate", "Judge JSON lines from standard input");
    moderate_command->add_option("--room-topic", topic)->capture_default_str();
    moderate_command->add_option("--language", languages, "en, fr or id; again for more")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->allow_extra_args(false);
    moderate_command->add_option("--assets", assets_folder,
                                 "Folder with packs, claims, model, locales and crisis lines");
    add_storage(*moderate_command, where);
    moderate_command->callback([&] { chosen = [&] { return moderate(assets_folder, where.data, topic, languages); }; });

    auto* evaluate_command = app.add_subcommand("evaluate", "Tell what the judge is worth on lines labelled by people");
    evaluate_command->add_option("FILE", labelled, "Files of JSON lines, or folders of them")
        ->required()
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    evaluate_command->add_flag("--json", as_json, "The figures for programs");
    evaluate_command->add_option("--worst", worst, "How many lines that went wrong are shown")->capture_default_str();
    evaluate_command->add_option("--assets", assets_folder,
                                 "Folder with packs, claims, model, locales and crisis lines");
    add_storage(*evaluate_command, where);
    evaluate_command->callback(
        [&] { chosen = [&] { return evaluate(assets_folder, where.data, labelled, as_json, worst); }; });

    add_pack_commands(app, packs, chosen);

    auto* audit_command = app.add_subcommand("audit", "The audit log");
    audit_command->require_subcommand(1);
    auto* verify = audit_command->add_subcommand("verify", "Walk the chain of hashes");
    add_storage(*verify, where);
    verify->callback([&] { chosen = [&] { return verify_audit(where); }; });

    auto* backup_command = app.add_subcommand("backup", "Copy the data to a file, also while the server runs");
    backup_command->add_option("FILE", file)->required();
    add_storage(*backup_command, where);
    backup_command->callback([&] { chosen = [&] { return backup(where, file); }; });
    auto* restore_command = app.add_subcommand("restore", "Put a backup in place of empty data");
    restore_command->add_option("FILE", file)->required();
    add_storage(*restore_command, where);
    restore_command->callback([&] { chosen = [&] { return restore(where, file); }; });

    auto* migrate_command = app.add_subcommand("migrate", "Move a community from a data folder into an empty Redis");
    migrate_command->add_option("--from", moved_from, "Where it is: sqlite:DIR")->required();
    migrate_command->add_option("--to", moved_to, "Where it goes: an address as for --redis")
        ->envname("HEARTH_TO")
        ->required();
    migrate_command->callback([&] { chosen = [&] { return migrate(moved_from, moved_to); }; });

    try {
        read_config_first(argc, argv, serving);
        app.parse(argc, argv);
        serving.bounds.rate_limits = !no_rate_limits;
        return chosen();
    } catch (const CLI::Success& e) { return app.exit(e); } catch (const CLI::ParseError& e) {
        fmt::print(stderr, "hearth: {} (hearth --help lists commands and options)\n", e.what());
    } catch (const startup_error& e) {
        fmt::print(stderr, "hearth: {}\n", e.what());
    } catch (const store::sqlite::data_error& e) {
        fmt::print(stderr, "hearth: --data: {}\n", e.what());
    } catch (const std::exception& e) { fmt::print(stderr, "hearth: cannot start: {}\n", e.what()); }
    return 2;
}

}  // namespace hearth::app
