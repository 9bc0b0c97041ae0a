// Any bytes at all: the judge neither crashes nor hangs, its spans lie in the text on UTF-8 boundaries, the command answers
// each line once.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "moderation/command.hpp"
#include "moderation/engine.hpp"

namespace {

namespace hm = hearth::moderation;

void demand(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

hm::judge& judges() {
    static hm::judge one(hm::load_rules({std::filesystem::path(HEARTH_SOURCE_DIR) / "moderation/packs",
                                         {},
                                         {},
                                         std::filesystem::path(HEARTH_SOURCE_DIR) / "moderation/claims"}));
    return one;
}

bool boundary(std::string_view text, std::size_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80;
}

}  // namespace

// Loading is slow under sanitizers and must not count against the first input.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
    try {
        judges();
    } catch (const hm::pack_error& error) {
        for (const auto& one : error.problems) std::fprintf(stderr, "%s\n", one.c_str());
        std::abort();
    }
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    static constexpr std::string_view topics[] = {"general", "eating", "addiction", "mood"};
    hm::context where;
    where.room_topic = topics[data[0] % 4];
    const auto verdict = judges()(text, where);
    bool unreadable = false;
    for (const auto& one : verdict.signals) {
        unreadable = unreadable || one.rule == "engine.invalid_utf8";
        demand(one.rule != "engine.failed", "no stage throws");
        demand(one.begin <= one.end && one.end <= text.size(), "spans lie in the text");
    }
    for (const auto& one : verdict.signals) {
        demand(unreadable || (boundary(text, one.begin) && boundary(text, one.end)), "spans do not cut characters");
    }
    demand(verdict.signals.empty() || verdict.action > hm::disposition::publish || verdict.notice,
           "what is found is surfaced");

    std::istringstream in{std::string(text)};
    std::ostringstream out, err;
    demand(hm::run_moderate(in, out, err, judges()) == 0, "the command ends well");
    const auto answered = out.str();
    auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    if (!text.empty() && text.back() != '\n') ++lines;
    demand(static_cast<std::size_t>(std::count(answered.begin(), answered.end(), '\n')) == lines,
           "one answer per line");
    return 0;
}
