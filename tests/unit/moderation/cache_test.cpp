#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <vector>

#include "moderation/rules/cache.hpp"
#include "support.hpp"

namespace hearth::moderation {
namespace {

namespace fs = std::filesystem;

const char* const lines[] = {"I want to die tonight",
                             "k.y.s nobody needs you",
                             "thynspo group anyone? my insta: some_name99",
                             "je veux en finir, j'ai tout préparé",
                             "gue pengen mati aja",
                             "good morning, day 40 today",
                             "she told me to kill myself and I blocked her",
                             "stop taking your methadone, just quit"};

testing::pack_folder& small_packs() {
    static testing::pack_folder folder;
    folder.put("en/voice.toml", "language = \"en\"\n[who]\nyou = [\"you\", \"your\"]\n")
        .put("en/ideas.toml", "language = \"en\"\n[ideas]\nburden = [\"dead weight\"]\n")
        .put("en/harassment.toml", testing::one_rule("harassment", "patterns = [\"nobody ~ (likes|needs) you\"]"));
    return folder;
}

fs::path only_file(const fs::path& folder) {
    std::vector<fs::path> all;
    for (const auto& entry : fs::directory_iterator(folder)) all.push_back(entry.path());
    REQUIRE(all.size() == 1);
    return all.front();
}

void damage(const fs::path& file, std::size_t at) {
    std::fstream in(file, std::ios::in | std::ios::out | std::ios::binary);
    in.seekg(static_cast<std::streamoff>(at));
    const auto byte = static_cast<char>(in.get() ^ 0x55);
    in.seekp(static_cast<std::streamoff>(at));
    in.put(byte);
}

}  // namespace

TEST_CASE("packs read from the cache judge as those compiled anew") {
    const auto packs = fs::path(HEARTH_SOURCE_DIR) / "moderation/packs";
    const auto claims = fs::path(HEARTH_SOURCE_DIR) / "moderation/claims";
    const testing::pack_folder cache;
    CHECK(read_cache(cache.path(), version_of_packs(packs, claims)) == nullptr);
    static_cast<void>(load_rules({packs, {}, cache.path(), claims}));
    const auto kept = read_cache(cache.path(), version_of_packs(packs, claims));
    REQUIRE(kept != nullptr);
    CHECK(kept->version == testing::real_rules()->version);
    const auto& book = claims_of(*kept);
    CHECK(book.size() == claims_of(*testing::real_rules()).size());
    const auto* card = book.find("claim.benzo.stop-at-once");
    REQUIRE(card != nullptr);
    CHECK(text_for(*card, "id").correction ==
          text_for(*claims_of(*testing::real_rules()).find(card->id), "id").correction);
    CHECK_FALSE(card->sources.empty());
    judge cached(kept);
    for (const char* line : lines) {
        CAPTURE(line);
        for (const char* topic : {"general", "eating"}) {
            context where;
            where.room_topic = topic;
            const auto a = cached(line, where), b = testing::real_judge()(line, where);
            CHECK(a.action == b.action);
            CHECK(a.score == b.score);
            REQUIRE(a.signals.size() == b.signals.size());
            for (std::size_t i = 0; i < a.signals.size(); ++i) {
                CHECK(a.signals[i].rule == b.signals[i].rule);
                CHECK(a.signals[i].begin == b.signals[i].begin);
                CHECK(a.signals[i].voice == b.signals[i].voice);
            }
        }
    }
}

TEST_CASE("a damaged, cut or foreign cache file is never believed") {
    const auto packs = small_packs().path();
    const auto version = version_of_packs(packs);
    const testing::pack_folder cache;
    static_cast<void>(load_rules({packs, {}, cache.path()}));
    const auto file = only_file(cache.path());
    const auto size = static_cast<std::size_t>(fs::file_size(file));
    for (const std::size_t at :
         {std::size_t{0}, std::size_t{9}, std::size_t{17}, std::size_t{60}, size / 2, size - 1}) {
        CAPTURE(at);
        damage(file, at);
        CHECK(read_cache(cache.path(), version) == nullptr);
        damage(file, at);  // as it was
        CHECK(read_cache(cache.path(), version) != nullptr);
    }
    fs::resize_file(file, size - 3);
    CHECK(read_cache(cache.path(), version) == nullptr);
    CHECK(version_of(*load_rules({packs, {}, cache.path()})) == version);  // compiled and written again
    CHECK(read_cache(cache.path(), version) != nullptr);
}

TEST_CASE("changed packs are compiled anew, and the cache keeps one version") {
    auto& packs = small_packs();
    const testing::pack_folder cache;
    const auto before = std::string(version_of(*load_rules({packs.path(), {}, cache.path()})));
    packs.put("en/harassment.toml", testing::one_rule("harassment", "patterns = [\"nobody ~ needs you\"]"));
    const auto after = std::string(version_of(*load_rules({packs.path(), {}, cache.path()})));
    CHECK(before != after);
    CHECK(only_file(cache.path()).filename() == "rules-" + after + ".bin");
    packs.put("en/harassment.toml", testing::one_rule("harassment", "patterns = [\"unclosed (\"]"));
    CHECK_THROWS_AS(load_rules({packs.path(), {}, cache.path()}), pack_error);
    CHECK(only_file(cache.path()).filename() == "rules-" + after + ".bin");
}

TEST_CASE("a cache folder that cannot be written costs time, not the start") {
    CHECK_NOTHROW(load_rules(
        {small_packs()
             .put("en/harassment.toml", testing::one_rule("harassment", "patterns = [\"nobody ~ needs you\"]"))
             .path(),
         {},
         "/proc/nowhere"}));
}

}  // namespace hearth::moderation
