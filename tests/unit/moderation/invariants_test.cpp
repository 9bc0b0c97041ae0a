// The five invariants, in English, French and Indonesian, twice: the rules alone, and what members meet.
#include <catch2/catch.hpp>

#include "support.hpp"

namespace hearth::moderation {
namespace {

using testing::real_judge;
using testing::whole_judge;

// One run of a test each.
judge& each_judge() { return GENERATE(false, true) ? whole_judge() : real_judge(); }

verdict judged(judge& judges, std::string_view text, std::string_view topic = "general") {
    context where;
    where.room_topic = topic;
    return judges(text, where);
}

}  // namespace

TEST_CASE("1. a first-person disclosure is never withheld, and is answered") {
    auto& judges = each_judge();
    const char* lines[] = {
        "I want to die and I don't know who to tell",
        "I relapsed last night and I want to die",
        "I purged again tonight and I hate myself",
        "I cut myself again last night",
        "I'm an addict and I used today",
        "honestly I just don't want to be here anymore",
        "I drank again after 90 days, I feel like a failure",
        "I keep thinking about killing myself",
        "je veux mourir",
        "j'ai rechuté hier et j'ai honte",
        "j'ai envie de mourir ce soir",
        "je me suis scarifiée encore",
        "je me suis fait vomir après le repas, j'en peux plus",
        "je suis alcoolique et j'ai bu hier",
        "j'ai plus envie de vivre",
        "aku pengen mati",
        "gue kambuh lagi semalam, malu banget",
        "aku nyilet tangan lagi tadi",
        "saya pecandu dan kemarin saya pakai lagi",
        "aku capek hidup, pengen hilang aja",
        "gue muntahin makanan lagi habis makan",
    };
    for (const auto* line : lines) {
        for (const std::string_view topic : {"general", "eating", "addiction", "mood"}) {
            INFO(line << " in " << topic);
            const auto result = judged(judges, line, topic);
            CHECK(result.action <= disposition::publish_and_flag);
            if (result.action == disposition::publish_and_flag) CHECK(result.lane == lane::care);
        }
    }
    for (const auto* line :
         {"I want to die and I don't know who to tell", "I cut myself again last night", "je veux mourir",
          "je me suis scarifiée encore", "aku pengen mati", "aku nyilet tangan lagi tadi"}) {
        INFO(line);
        const auto result = judged(judges, line);
        CHECK(result.action == disposition::publish_and_flag);
        CHECK(result.lane == lane::care);
        CHECK(result.author_needs_care);
        CHECK(result.notice);
    }
}

TEST_CASE("2. care and harm are separate: one message can be in both") {
    auto& judges = each_judge();
    const char* lines[] = {
        "I want to die. And you should just kill yourself too",
        "je veux mourir. et toi va te pendre",
        "aku pengen mati. lo juga mati aja sana",
    };
    for (const auto* line : lines) {
        INFO(line);
        const auto result = judged(judges, line);
        CHECK(result.lane == lane::harm);
        CHECK(result.author_needs_care);
        CHECK(result.action <= disposition::hold);  // not blocked: its author is in trouble
        CHECK(result.action >= (&judges == &real_judge() ? disposition::hold : disposition::publish_and_flag));
    }
}

TEST_CASE("3. voice before words") {
    auto& judges = each_judge();
    struct row {
        const char* harsh;
        const char* lowered;
    };
    const row rows[] = {
        {"kill yourself", "he used to tell me to kill yourself, I blocked him"},
        {"looking for an ana buddy", "years ago I was looking for an ana buddy, I'm in recovery now"},
        {"just go cold turkey, you don't need a doctor", "please don't go cold turkey, I ended up in ICU"},
        {"va te pendre", "mon ex me disait va te pendre, je l'ai quitté"},
        {"je cherche une coach ana", "il y a trois ans je cherchais une coach ana, je suis en rétablissement"},
        {"mending lo mati", "dia bilang mending lo mati, aku blokir dia"},
        {"cari temen ana dong", "dulu aku cari temen ana, sekarang sudah pulih"},
    };
    for (const auto& row : rows) {
        INFO(row.harsh << " / " << row.lowered);
        // What a rule would hold, the classifier may leave to a person who looks; below severity 4 it need not be sure.
        const auto harsh = judged(judges, row.harsh, "eating");
        const bool held = &judges == &real_judge() || harsh.severity == 4;
        CHECK(harsh.action >= (held ? disposition::hold : disposition::publish_and_flag));
        CHECK(judged(judges, row.lowered, "eating").action <= disposition::publish_and_flag);
    }
    // … but severity 4 is never erased.
    for (const auto* line :
         {"my ex told me to kill yourself", "mon ex m'a dit va te pendre", "mantanku bilang mending lo mati"}) {
        INFO(line);
        CHECK(judged(judges, line).action >= disposition::publish_and_flag);
    }
}

TEST_CASE("4. nothing fails open") {
    auto& judges = each_judge();
    for (const std::string& text : {std::string("\xff\xfe"), std::string(100'000, 'a'), std::string("hello \xc3"),
                                    "je veux mourir \xe2\x82" + std::string(50'000, 'b')}) {
        const auto result = judged(judges, text);
        CHECK(result.action >= disposition::publish_and_flag);
        CHECK_FALSE(result.signals.empty());
    }
}

TEST_CASE("5. every finding explains itself") {
    auto& judges = each_judge();
    for (const std::string_view text :
         {"I want to die", "just k1ll y0urself", "je veux mourir", "va te pendre", "aku pengen mati", "mending lo mati",
          "\U0001f480 p r o - a n a is my life \U0001f480"}) {
        INFO(text);
        const auto result = judged(judges, text, "eating");
        REQUIRE_FALSE(result.signals.empty());
        CHECK(result.pack_version.size() == 32);
        REQUIRE(result.category);
        bool leading = false;
        for (const auto& one : result.signals) {
            CHECK_FALSE(one.rule.empty());
            CHECK(find_category(one.category));
            CHECK(std::count(one.voice.begin(), one.voice.end(), '/') == 2);
            CHECK(one.begin < one.end);
            CHECK(one.end <= text.size());
            CHECK(testing::is_utf8_boundary(text, one.begin));
            CHECK(testing::is_utf8_boundary(text, one.end));
            leading = leading || one.category == *result.category;
        }
        CHECK(leading);
    }
}

TEST_CASE("the traps everyone falls into stay untouched") {
    auto& judges = each_judge();
    const char* lines[] = {
        "Ana is my sister's name",
        "see you all next week, goodbye",
        "90 days clean today",
        "see you Tuesday",
        "she is very skilled",
        "I'm a grateful recovering addict",
        "naloxone saved my friend",
        "where can I get naloxone",
        "where can I get test strips",
        "call 988 or 116 123 any time",
        "I go to church and I see my doctor too",
        "I'm dying to try that cake",
        "je suis mort de rire",
        "je veux en finir avec l'alcool",
        "Ana et Mia viennent dîner",
        "où trouver de la naloxone ?",
        "appelle le 3114",
        "à mardi tout le monde",
        "je m'appelle Paul et je suis alcoolique",
        "mati lampu di rumahku",
        "aku mau mati-matian jaga sobriety",
        "saya pecandu dalam pemulihan",
        "hubungi 119 ext 8",
        "keluarga ajak ruqyah, aku juga tetap ke dokter",
        "sampai jumpa minggu depan",
    };
    for (const auto* line : lines) {
        INFO(line);
        const auto result = judged(judges, line);
        CHECK(result.action == disposition::publish);
        CHECK_FALSE(result.notice);
    }
}

}  // namespace hearth::moderation
