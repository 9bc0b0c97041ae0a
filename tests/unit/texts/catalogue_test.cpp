#include <algorithm>
#include <set>

#include "data.hpp"
#include "review/taxonomy.hpp"

using namespace hearth;
using namespace std::chrono_literals;
using texts::catalogue;
using texts::ruling;
using texts::situation;

TEST_CASE("the catalogue that ships loads and covers the taxonomy", "[texts]") {
    const auto words = catalogue::load(data::locales);
    std::set<std::string_view> known;
    for (const auto& c : review::categories()) known.insert(c.id);
    const auto covered = words.categories();
    CHECK(std::set<std::string_view>(covered.begin(), covered.end()) == known);
}

TEST_CASE("a spoiled catalogue names what is wrong", "[texts]") {
    struct row {
        const char* name;
        const char* file;
        const char* from;
        const char* to;
        const char* said;
    };
    const row rows[]{
        {"a key is missing", "fr.toml",
         "[situations]\ncare =", "[situations]\ncarre =", "fr.toml: situations.care is missing"},
        {"an unused key", "en.toml", "[titles]", "[titles]\nextra = \"x\"", "en.toml: nothing uses titles.extra"},
        {"a category only one language has", "id.toml", "unknown = \"Pem", "\"new.one\" = \"x\"\nunknown = \"Pem",
         "id.toml: why.new.one is not in en.toml"},
        {"a category one language lacks", "fr.toml",
         "\"solicitation\" =", "\"solicitasion\" =", "fr.toml: why.solicitation is missing"},
        {"a placeholder is lost", "id.toml", "{limit}", "banyak", "id.toml: errors.too_long has other placeholders"},
        {"a placeholder is misspelt", "fr.toml", "{seconds}", "{secondes}",
         "fr.toml: errors.rate_limited has other placeholders"},
        {"an empty text", "en.toml", "muted = \"Reading only\"", "muted = \"\"", "muted is empty or no text"},
        {"the wrong language", "fr.toml", "language = \"fr\"", "language = \"en\"", "fr.toml: language is not"},
        {"no TOML", "id.toml", "[errors]", "[errors", "id.toml:"},
    };
    for (const auto& row : rows) {
        SECTION(row.name) {
            const data::spoiled copy(data::locales);
            copy.replace(row.file, row.from, row.to);
            const auto said = data::problems([&] { (void)catalogue::load(copy.folder()); });
            INFO(said);
            CHECK(said.find(row.said) != said.npos);
        }
    }
    CHECK(!data::problems([] { (void)catalogue::load("/nonexistent"); }).empty());
}

TEST_CASE("sentences for failures", "[texts]") {
    const auto words = catalogue::load(data::locales);
    struct row {
        const char* name;
        failure what;
        const char* locale;
        const char* says;
    };
    const row rows[]{
        {"with its field",
         {errc::bad_request, "slug", ""},
         "en",
         "Something about “slug” does not fit. Please check it and try again."},
        {"without a field",
         {errc::bad_request, "", "secret detail"},
         "en",
         "That could not be understood. Please check it and try again."},
        {"a limit",
         {errc::too_long, "text", "", 4000},
         "fr",
         "C'est un peu trop long. Il y a de la place pour 4000 caractères."},
        {"no limit known", {errc::too_long, "", ""}, "id", "Ini agak terlalu panjang."},
        {"seconds, rounded up",
         {errc::rate_limited, "", "", 0, 2100ms},
         "en",
         "That was quick. Please try again in 3 seconds."},
        {"never one seconds",
         {errc::rate_limited, "", "", 0, 10ms},
         "en",
         "That was quick. Please try again in 2 seconds."},
        {"a wrong password",
         {errc::unauthenticated, "password", ""},
         "en",
         "The name and the password do not go together. Please try again."},
        {"a used link",
         {errc::unauthenticated, "link", ""},
         "en",
         "This sign-in link has been used or has expired. Please ask for a new one."},
        {"an unknown locale reads English", {errc::unauthenticated, "", ""}, "de", "Please sign in first."},
        {"an internal failure says try later",
         {errc::internal, "", ""},
         "en",
         "This is not possible right now. Please try again in a moment."},
    };
    for (const auto& row : rows) {
        SECTION(row.name) { CHECK(words.sentence(row.locale, row.what) == row.says); }
    }
    for (const auto locale : texts::locales)
        for (int code = 0; code <= static_cast<int>(errc::internal); ++code) {
            const failure what{static_cast<errc>(code), "", ""};
            CHECK(!words.sentence(locale, what).empty());
            CHECK(!words.title(locale, what.code).empty());
        }
}

TEST_CASE("explanations", "[texts]") {
    const auto words = catalogue::load(data::locales);
    std::vector<std::string_view> categories{"", "engine.unread"};
    for (const auto& c : review::categories()) categories.push_back(c.id);
    const auto complete = [](const std::string& text) {
        return text.size() > 40 && text.find('{') == text.npos && text.find("  ") == text.npos;
    };
    for (const auto locale : texts::locales)
        for (const auto category : categories)
            for (const auto where :
                 {situation::care, situation::flagged, situation::held, situation::blocked, situation::nudge}) {
                const auto text = words.explain(locale, where, category, false);
                INFO(text);
                CHECK(complete(text));
                CHECK((words.explain(locale, where, category, true).size() > text.size()) ==
                      (where != situation::care));
            }
    for (const auto locale : texts::locales)
        for (const auto what : {ruling::released, ruling::kept, ruling::removed, ruling::warned, ruling::muted,
                                ruling::banned, ruling::resources}) {
            CHECK(complete(words.decided(locale, what, "harassment", {})));
            CHECK(complete(words.decided(locale, what, "", time_point{})));
        }
    const time_point until{std::chrono::sys_days{std::chrono::year{2026} / 5 / 2} + 7h + 30min};
    CHECK(words.decided("en", ruling::muted, "harassment", until).find("from 2026-05-02 07:30 UTC on") !=
          std::string::npos);
    CHECK(words.decided("en", ruling::removed, "harassment", {}).find("may hurt") != std::string::npos);
    CHECK(words.explain("en", situation::held, "nothing.known", false).find("not sure") != std::string::npos);
}

TEST_CASE("ground rules for each kind of room", "[texts]") {
    const auto words = catalogue::load(data::locales);
    for (const auto locale : texts::locales) {
        const auto peer = words.default_rules(locale, room_kind::peer_support);
        const auto therapy = words.default_rules(locale, room_kind::therapy_group);
        CHECK(peer != therapy);
        CHECK(peer.size() > 500);
        CHECK(peer.size() < 4000);
    }
}
