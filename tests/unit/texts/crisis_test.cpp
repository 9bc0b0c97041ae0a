#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "data.hpp"
#include "review/taxonomy.hpp"

using namespace hearth;
using texts::crisis_directory;
namespace json = boost::json;

namespace {

std::vector<std::string> names(const std::vector<const texts::resource*>& lines) {
    std::vector<std::string> out;
    for (const auto* line : lines) out.push_back(line->name);
    return out;
}

std::string all_of_it(const crisis_directory& directory) {
    std::string out;
    texts::append_directory(out, directory, "en");
    return out;
}

}  // namespace

TEST_CASE("the crisis directory that ships", "[texts]") {
    const auto directory = crisis_directory::load(data::crisis);
    SECTION("has the countries and never the closed number") {
        const auto text = all_of_it(directory);
        std::set<std::string> codes;
        const auto parsed = json::parse(text);
        for (const auto& c : parsed.as_array()) codes.insert(std::string(c.at("code").as_string()));
        CHECK(codes == std::set<std::string>{"INTL", "US", "GB", "FR", "BE", "CH", "CA", "ID", "AU"});
        CHECK(text.find("021-500-454") == text.npos);
        CHECK(text.find("500-454") == text.npos);
    }
    SECTION("claims no date that nobody gave, and says so to the operator") {
        std::size_t lines = 0;
        for (const auto* c : directory.countries("en")) lines += c->lines.size();
        CHECK(lines > 45);
        CHECK(directory.warnings(now()).size() == lines);
    }
    SECTION("answers every category in every language with two lines at least, every need near first") {
        for (const auto locale : {"en", "fr", "id", "de", ""})
            for (const auto& c : review::categories()) {
                const auto lines = directory.resources_for(c.id, locale);
                INFO(c.id << ' ' << locale);
                CHECK(lines.size() >= 2);
                CHECK(lines.size() <= 8);
                CHECK(std::set<const texts::resource*>(lines.begin(), lines.end()).size() == lines.size());
            }
    }
    SECTION("every care category offers help unasked") {
        for (const auto& c : review::categories())
            if (c.lane == case_lane::care) CHECK(directory.offers_help(c.id));
        CHECK(!directory.offers_help("solicitation"));
    }
    SECTION("picks what fits") {
        struct row {
            const char* name;
            const char* category;
            const char* locale;
            const char* country;
            std::vector<std::string> first;
        };
        const row rows[]{
            {"a wish to die, in French",
             "suicide.active",
             "fr",
             "",
             {"Numéro national de prévention du suicide", "SOS Amitié", "Find A Helpline",
              "Centre de Prévention du Suicide"}},
            {"a wish to die, in Indonesian",
             "suicide.active",
             "id",
             "",
             {"Healing119 (Kementerian Kesehatan)", "BISA Helpline", "Find A Helpline"}},
            {"eating lines first",
             "eating.promotion",
             "fr",
             "",
             {"Anorexie Boulimie, Info Écoute", "Numéro national de prévention du suicide", "Find A Helpline"}},
            {"eating in Canada, in French", "eating.promotion", "fr", "CA", {"ANEB Québec", "NEDIC"}},
            {"eating in Canada, in English", "eating.promotion", "en", "CA", {"NEDIC", "ANEB Québec"}},
            {"where there is no eating line, someone to talk to",
             "eating.promotion",
             "id",
             "",
             {"Healing119 (Kementerian Kesehatan)"}},
            {"drugs", "drugs.sourcing", "fr", "", {"Drogues Info Service", "Alcool Info Service"}},
            {"the emergency number before all", "overdose.emergency", "id", "", {"Darurat", "BNN"}},
            {"the emergency numbers of all likely countries",
             "suicide.emergency",
             "en",
             "",
             {"Emergency", "Emergency", "Emergency", "Emergency / Urgences", "988 Suicide & Crisis Lifeline"}},
            {"a known country only",
             "suicide.emergency",
             "en",
             "GB",
             {"Emergency", "Samaritans", "Shout", "Find A Helpline"}},
            {"a language we do not have", "suicide.active", "de", "", {"Find A Helpline", "Befrienders Worldwide"}},
        };
        for (const auto& row : rows) {
            SECTION(row.name) {
                auto got = names(directory.resources_for(row.category, row.locale, row.country));
                REQUIRE(got.size() >= row.first.size());
                got.resize(row.first.size());
                CHECK(got == row.first);
            }
        }
    }
    SECTION("lists the reader's likeliest countries first") {
        const auto order = directory.countries("fr");
        CHECK(order.size() == 9);
        CHECK(order.at(0)->code == "FR");
        CHECK(order.at(4)->code == "INTL");
    }
    SECTION("RESOURCE on the wire") {
        std::string out;
        texts::append_resource(out, *directory.resources_for("suicide.active", "fr").at(0), "fr");
        CHECK(json::parse(out) ==
              json::parse(R"({"name":"Numéro national de prévention du suicide","country":"FR","languages":["fr"],
            "channels":[{"kind":"call","value":"3114"}],"hours":"24 h/24, 7 j/7"})"));
    }
}

TEST_CASE("a spoiled crisis directory names what is wrong", "[texts]") {
    struct row {
        const char* name;
        const char* file;
        const char* from;
        const char* to;
        const char* said;
    };
    const row rows[]{
        {"a closed number", "id.toml", "119 ext. 8", "021 500 454", "id.toml:10: this number is closed"},
        {"a channel nobody knows", "us.toml", "kind = \"text\"", "kind = \"fax\"", "a channel's kind is"},
        {"no number", "fr.toml", "value = \"3114\"", "value = \"soon\"", "a number has two digits"},
        {"an unsafe address", "intl.toml", "value = \"https://find", "value = \"http://find", "https://"},
        {"a note in two languages only", "gb.toml", ", id = \"Kirim SMS berisi SHOUT\"", "", "note is missing in id"},
        {"an unknown need", "ca.toml", "needs = [\"youth\"]", "needs = [\"kids\"]", "unknown need \"kids\""},
        {"verified hearsay", "be.toml", "seen_in = \"general knowledge\"",
         "seen_in = \"general knowledge\"\nverified_on = \"2026-01-01\"", "seen in a source"},
        {"no date", "be.toml", "seen_in = \"source\"", "seen_in = \"source\"\nverified_on = \"2026-02-30\"",
         "verified_on is no date"},
        {"a line twice", "au.toml", "name = \"13YARN\"", "name = \"Lifeline\"", "two lines of one name"},
        {"a likely country without lines", "directory.toml", "\"AU\"", "\"NZ\"", "no lines for NZ"},
    };
    for (const auto& row : rows) {
        SECTION(row.name) {
            const data::spoiled copy(data::crisis);
            copy.replace(row.file, row.from, row.to);
            const auto said = data::problems([&] { (void)crisis_directory::load(copy.folder()); });
            INFO(said);
            CHECK(said.find(row.said) != said.npos);
        }
    }
}

TEST_CASE("an operator's own lines", "[texts]") {
    const data::spoiled own(data::crisis / "../crisis");
    for (const auto& file : texts::toml_files(own.folder()))
        if (file.filename() != "id.toml") data::fs::remove(file);
    own.replace("id.toml", "name = \"BNN\"", "name = \"Puskesmas Contoh\"");
    own.replace("id.toml", "seen_in = \"source\"", "seen_in = \"source\"\nverified_on = 2026-03-01");
    const auto directory = crisis_directory::load(data::crisis, own.folder());
    CHECK(all_of_it(directory).find("Puskesmas Contoh") != std::string::npos);
    CHECK(all_of_it(directory).find("\"BNN\"") == std::string::npos);
    CHECK(all_of_it(directory).find("3114") != std::string::npos);

    using namespace std::chrono;
    const auto about = [&](sys_days day) {
        std::vector<texts::crisis_warning::why> found;
        for (const auto& w : directory.warnings(hearth::time_point{day}))
            if (w.name.starts_with("Healing119")) found.push_back(w.reason);
        return found;
    };
    CHECK(about(year{2026} / 5 / 30).empty());
    CHECK(about(year{2026} / 5 / 31) == std::vector{texts::crisis_warning::why::stale});
    CHECK(all_of_it(directory).find(R"("verified_on":"2026-03-01")") != std::string::npos);
}
