#include <catch2/catch.hpp>

#include <filesystem>

#include "moderation/pipeline.hpp"
#include "support.hpp"

namespace hearth::moderation {
namespace {

// The real cues of each language around words that no language has: one wish, one thing, one insult.
std::shared_ptr<const ruleset> rules() {
    static const auto built = [] {
        testing::pack_folder folder;
        const auto real = std::filesystem::path(HEARTH_SOURCE_DIR) / "moderation/packs";
        const auto rule = [](const std::string& language, const std::string& category, const std::string& voice,
                             const std::string& patterns) {
            return "language = \"" + language + "\"\ncategory = \"" + category + "\"\n[[rule]]\nid = \"" + language +
                   "." + category + ".test\"\nvoice = \"" + voice + "\"\npatterns = [" + patterns +
                   "]\nexamples = [\"a\", \"b\"]\ntwins = [\"c\", \"d\"]\n";
        };
        const std::pair<const char*, const char*> wishes[] = {
            {"en", "\"(want|wanted|wants) to zorp\", \"{i_am} ~ zorping\""},
            {"fr", "\"(veux|voulais|veut) [pas] zorper\", \"envie ~ zorper\""},
            {"id", "\"(mau|pengen) zorp\""}};
        for (const auto& [language, wish] : wishes) {
            for (const auto* file : {"voice.toml", "words.toml"}) {
                std::filesystem::create_directories(folder.path() / language);
                std::filesystem::copy_file(real / language / file, folder.path() / language / file);
            }
            std::string patterns = wish;
            if (const auto at = patterns.find("{i_am}"); at != std::string::npos) patterns.replace(at, 6, "(i am|i'm)");
            folder.put(std::string(language) + "/suicide.active.toml",
                       rule(language, "suicide.active", "self", patterns));
            folder.put(std::string(language) + "/eating.promotion.toml",
                       rule(language, "eating.promotion", "any", "\"blargspo" + std::string(language) + "\""));
            folder.put(std::string(language) + "/selfharm.incitement.toml",
                       rule(language, "selfharm.incitement", "you", "\"go flumb" + std::string(language) + "\""));
        }
        return load_rules({folder.path(), {}, {}});
    }();
    return built;
}

struct reading {
    voice_reading voice;
    disposition action;
    std::string words;
};

reading read(std::string_view text) {
    static pipeline stages(rules());
    const auto result = stages.run(text, {});
    INFO(text);
    REQUIRE_FALSE(stages.findings().empty());
    const auto& found = stages.findings().front();
    return {found.voice, result.action, to_string(found.voice)};
}

}  // namespace

TEST_CASE("who is spoken of") {
    struct row {
        const char* text;
        person who;
    };
    const row rows[] = {
        {"I want to zorp", person::self},
        {"want to zorp so bad", person::self},
        {"my sister wants to zorp", person::other},
        {"she told me he wants to zorp", person::other},
        {"my friend is fine but I want to zorp", person::self},
        {"je veux zorper", person::self},
        {"ma soeur veut zorper", person::other},
        {"il veut zorper", person::other},
        {"aku mau zorp", person::self},
        {"temenku mau zorp", person::other},
        {"dia pengen zorp", person::other},
        {"go flumben", person::you},
        {"you should go flumben", person::you},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        CHECK(read(row.text).voice.who == row.who);
    }
}

TEST_CASE("when it was") {
    struct row {
        const char* text;
        frame when;
    };
    const row rows[] = {
        {"I want to zorp", frame::open},
        {"years ago I wanted to zorp", frame::past},
        {"back then I wanted to zorp every day", frame::past},
        {"I want to zorp tonight", frame::planned},
        {"il y a dix ans je voulais zorper", frame::past},
        {"à l'époque je voulais zorper", frame::past},
        {"je veux zorper ce soir", frame::planned},
        {"dulu aku pengen zorp", frame::past},
        {"aku mau zorp nanti malam", frame::planned},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        CHECK(read(row.text).voice.when == row.when);
    }
}

TEST_CASE("negation counts before the match, in its clause, and not as part of other words") {
    struct row {
        const char* text;
        bool negated;
    };
    const row rows[] = {
        {"I don't want to zorp", true},
        {"I never want to zorp", true},
        {"I don't think I want to zorp", true},
        {"I'm not ok I want to zorp", false},
        {"not doing well, want to zorp", false},
        {"I want to zorp and not wake up", false},
        {"I don't know if I want to zorp", false},
        {"I can't stop, I want to zorp", false},
        {"j'ai pas envie de zorper", true},
        {"je n'ai jamais envie de zorper", true},
        {"ça va pas, je veux zorper", false},
        {"aku gak mau zorp", true},
        {"aku nggak pengen zorp", true},
        {"aku gak kuat, mau zorp", false},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        CHECK((read(row.text).voice.negated > 0) == row.negated);
    }
}

TEST_CASE("stance is read from the words around") {
    struct row {
        const char* text;
        bool voice_reading::*flag;
    };
    const row rows[] = {
        {"I'm in recovery now, I left the blargspoen pages", &voice_reading::recovering},
        {"she said blargspoen is art", &voice_reading::reported},
        {"the sign said \"blargspoen\" in red", &voice_reading::quoted},
        {"please don't look at blargspoen", &voice_reading::warning},
        {"what is blargspoen", &voice_reading::question},
        {"I'm worried about my sister, she looks at blargspoen", &voice_reading::concern},
        {"je suis en rétablissement, fini blargspofr", &voice_reading::recovering},
        {"on m'a dit de chercher blargspofr", &voice_reading::reported},
        {"« blargspofr » qu'il disait", &voice_reading::quoted},
        {"attention, blargspofr c'est dangereux", &voice_reading::warning},
        {"c'est quoi blargspofr ?", &voice_reading::question},
        {"je suis inquiète pour ma soeur qui regarde blargspofr", &voice_reading::concern},
        {"aku sudah pulih dari blargspoid", &voice_reading::recovering},
        {"katanya blargspoid itu bagus", &voice_reading::reported},
        {"dia tulis \"blargspoid\" di situ", &voice_reading::quoted},
        {"hati-hati, blargspoid itu bahaya", &voice_reading::warning},
        {"apa itu blargspoid?", &voice_reading::question},
        {"aku khawatir sama adikku yang lihat blargspoid", &voice_reading::concern},
    };
    for (const auto& row : rows) {
        INFO(row.text << " " << read(row.text).words);
        CHECK(read(row.text).voice.*row.flag);
        CHECK(read(row.text).action <= disposition::publish_and_flag);
    }
}

TEST_CASE("without such words the finding stands") {
    for (const auto* text :
         {"blargspoen is my life", "who wants blargspoen with me", "blargspofr c'est ma vie", "cari blargspoid dong"}) {
        INFO(text);
        CHECK(read(text).action == disposition::hold);
    }
    for (const auto* text : {"go flumben", "just go flumben already", "go flumbfr", "go flumbid sana"}) {
        INFO(text);
        CHECK(read(text).action == disposition::block);
    }
}

TEST_CASE("a voice is told in words") {
    CHECK(read("I want to zorp").words == "self/open/disclosing");
    CHECK(read("my sister wants to zorp").words == "other/open/concern");
    CHECK(read("I don't want to zorp").words == "self/open/refusing");
}

}  // namespace hearth::moderation
