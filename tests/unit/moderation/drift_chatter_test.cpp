// What drift does over long times: random schedules, and ordinary talk that must raise nothing.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "drift_room.hpp"
#include "support.hpp"

namespace hearth::moderation {

using namespace testing;

TEST_CASE("whatever the schedule, memory is bounded and slides are rare, sound and explained") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const char* categories[] = {"eating.numbers",
                                "eating.promotion",
                                "drugs.glorification",
                                "harassment",
                                "selfharm.incitement",
                                "suicide.passive",
                                ""};
    room r;
    std::map<std::pair<drift_kind, std::string>, moment> last;
    std::map<std::uint64_t, std::string> authors;
    for (int i = 0; i < 20'000; ++i) {
        r.now += std::chrono::milliseconds(random() % 60'000);
        if (random() % 500 == 0) r.now += std::chrono::hours(random() % 12);
        if (random() % 50 == 0) r.watch.forget(random() % (r.seq + 1));
        const auto who = "u" + std::to_string(random() % 6);
        std::vector<std::string> addressed;
        for (auto n = random() % 4; n > 2; --n) addressed.push_back("u" + std::to_string(random() % 6));
        authors[r.seq + 1] = who;
        const auto found = r.say(who, categories[random() % 7], static_cast<float>(random() % 100) / 99, addressed,
                                 random() % 10 == 0);
        REQUIRE(r.watch.remembered() <= drift::max_lines);
        for (const auto& one : found) {
            REQUIRE(one.lines.size() >= 3);
            REQUIRE(one.lines.size() <= drift::max_evidence);
            REQUIRE(std::is_sorted(one.lines.begin(), one.lines.end()));
            REQUIRE(one.about.empty() == (one.kind != drift_kind::ganging));
            const auto& previous = last[{one.kind, one.about}];
            REQUIRE((previous == moment{} || r.now - previous >= drift_settings{}.cool_down));
            last[{one.kind, one.about}] = r.now;
            if (one.kind == drift_kind::ganging)
                for (const auto seq : one.lines) REQUIRE(authors[seq] != one.about);
        }
    }
    CHECK_FALSE(last.empty());
}

TEST_CASE("ten thousand ordinary lines raise nothing") {
    // Three in a hundred lean somewhere by mistake, as far as a weak rule says.
    const char* categories[] = {"eating.numbers", "eating.promotion", "drugs.glorification", "harassment"};
    for (unsigned seed = 0; seed < 20; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        room r;
        for (int i = 0; i < 10'000; ++i) {
            r.now += std::chrono::seconds(1 + random() % 20);
            const auto who = "u" + std::to_string(random() % 8);
            std::vector<std::string> addressed;
            if (random() % 3 == 0) addressed.push_back("u" + std::to_string(random() % 8));
            const bool noise = random() % 100 < 3;
            REQUIRE(r.say(who, noise ? categories[random() % 4] : "", noise ? 0.45F : 0.0F, addressed).empty());
        }
    }
}

TEST_CASE("ten thousand lines of company, judged by the real packs, raise nothing") {
    const char* lines[] = {
        "good morning everyone, day 12 for me",
        "the walk by the river helped",
        "thank you for sharing that Sage",
        "I slept badly but I am here",
        "proud of you Wren!",
        "lol my cat walked over the keyboard",
        "see you on thursday",
        "I made soup and ate it all, that is new for me",
        "my sister called, it went better than I feared",
        "90 days clean today",
        "the meeting at 18h30 was good",
        "I was annoying at work today, I know",
        "does anyone else find sundays hard?",
        "I took my methadone and went to work",
        "my doctor lowered the dose a bit",
        "I cooked for 6 people",
        "the bus was 40 minutes late again",
        "I hate this weather",
        "you are kind, thank you",
        "I used to hide everything, not any more",
        "two chapters left in my book",
        "what helps you when it gets loud?",
        "bonsoir tout le monde, ça va doucement",
        "j'ai tenu toute la semaine",
        "merci pour ton message",
        "mon chien m'a réveillé à 5 heures",
        "je vais marcher un peu",
        "c'était dur au travail, mais je suis rentrée",
        "ma psy m'a dit que j'avançais",
        "quelqu'un a vu le film hier ?",
        "j'ai mangé avec ma mère ce midi",
        "bon courage pour demain",
        "je suis crevée, bonne nuit",
        "on se voit mardi",
        "le thé chaud m'aide le soir",
        "pagi semua, hari ke 30 nih",
        "makasih udah cerita",
        "tadi aku jalan sore, lumayan",
        "semangat buat besok ya",
        "aku masih takut tapi udah lebih baik",
        "kucingku lucu banget",
        "hujan terus dari kemarin",
        "dokterku baik banget",
        "udah makan belum kalian?",
        "minggu depan ketemu lagi ya",
        "aku baru pulang kerja, capek",
        "kalian hebat",
        "lagi dengerin musik biar tenang",
    };
    auto& judges = testing::real_judge();
    std::mt19937 random(7);
    for (const std::string_view topic : {"eating", "addiction"}) {
        CAPTURE(topic);
        context where;
        where.room_topic = topic;
        drift watch;
        auto now = start;
        for (std::uint64_t seq = 1; seq <= 10'000; ++seq) {
            now += std::chrono::seconds(1 + random() % 30);
            const auto* text = lines[random() % std::size(lines)];
            const auto found = judges(text, where);
            drift_line line;
            line.seq = seq;
            line.author = "u" + std::to_string(random() % 7);
            if (random() % 3 == 0) line.addressed.push_back("u" + std::to_string(random() % 7));
            line.disclosure = found.author_needs_care;
            line.leanings = found.leanings;
            CAPTURE(text);
            REQUIRE(watch.hear(line, now).empty());
        }
    }
}

}  // namespace hearth::moderation
