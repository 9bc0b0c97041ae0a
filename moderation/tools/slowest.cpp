// Looks for texts that the judge is slow on: mutates those that were slowest so far, made of what rules look for and of what
// texts are disguised with, and fails if one takes longer than may be.
// hearth-moderation-slowest [MODERATION_FOLDER [SECONDS [SEED [LIMIT_MS]]]]
#include <fmt/core.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "moderation/engine.hpp"
#include "moderation/rules/ruleset.hpp"

namespace {

namespace fs = std::filesystem;
namespace hm = hearth::moderation;

constexpr std::size_t longest = 16'000;  // bytes that 4,000 characters can have
constexpr std::size_t longest_chars = 4'000;
constexpr std::size_t kept = 24;

// Processor time of this thread: what else the machine does is not the judge's fault.
double now_ms() {
    timespec at{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return static_cast<double>(at.tv_sec) * 1e3 + static_cast<double>(at.tv_nsec) / 1e6;
}

std::vector<std::string> pieces_of(const fs::path& packs) {
    std::vector<std::string> all{" ",      ".",          "-",        "\n",       "?",
                                 "0",      "1.5",        "@",        "'",        "a",
                                 "aaaa",   "\u0301",     "\u200d",   "\u200b",   "\U0001f480",
                                 "\u0430", "\u202e",     "p r o - ", "5u1c",     "+44 7700 900123",
                                 "not ",   "i want to ", "you ",     "je veux ", "aku mau "};
    for (const auto& entry : fs::recursive_directory_iterator(packs)) {
        if (entry.path().extension() != ".toml") continue;
        std::ifstream in(entry.path());
        std::string word;
        for (std::string line; std::getline(in, line);) {
            if (!line.starts_with("patterns") && !line.starts_with("examples") && !line.starts_with("unless")) continue;
            for (const char c : line) {
                if (c == '"' || c == '(' || c == ')' || c == '|' || c == ',') {
                    if (word.size() > 2 && word.size() < 80) all.push_back(word + ' ');
                    word.clear();
                } else {
                    word += c;
                }
            }
        }
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

// To whole characters, as many as a message may have.
void cut(std::string& text) {
    std::size_t chars = 0, at = 0;
    for (; at < text.size() && at < longest; ++at) {
        if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80 && ++chars > longest_chars) break;
    }
    while (at < text.size() && at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) --at;
    text.resize(std::min(at, text.size()));
}

class search {
public:
    search(hm::judge& judge, std::vector<std::string> pieces, unsigned seed)
        : judge_(judge), pieces_(std::move(pieces)), dice_(seed) {}

    void run(double seconds) {
        const auto end = now_ms() + seconds * 1000;
        while (now_ms() < end) {
            auto text = found_.size() < kept ? fresh() : mutated();
            cut(text);
            const auto took = time_of(text);
            if (found_.size() < kept)
                found_.emplace_back(took, std::move(text));
            else if (auto& least = *std::min_element(found_.begin(), found_.end()); took > least.first)
                least = {took, std::move(text)};
            ++tried;
        }
        std::sort(found_.rbegin(), found_.rend());
        for (auto& one : found_) one.first = time_of(one.second, 20);  // not what a cold cache made of it
        std::sort(found_.rbegin(), found_.rend());
    }
    [[nodiscard]] const std::pair<double, std::string>& worst() const { return found_.front(); }
    std::size_t tried = 0;

private:
    std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(dice_); }
    const std::string& piece() { return pieces_[below(pieces_.size())]; }
    std::string fresh() {
        std::string text;
        const auto some = 1 + below(40);
        std::vector<std::string> few;
        for (std::size_t i = 0; i < some; ++i) few.push_back(piece());
        while (text.size() < 4'000) text += few[below(few.size())];
        return text;
    }
    std::string mutated() {
        auto text = found_[below(found_.size())].second;
        for (auto times = 1 + below(6); times > 0; --times) {
            const auto at = below(text.size() + 1), size = std::min(text.size() - at, 1 + below(200));
            switch (below(5)) {
                case 0: text.insert(at, piece()); break;
                case 1: text.replace(at, size, piece()); break;
                case 2: {  // a part of it again and again
                    const auto part = text.substr(at, size);
                    for (auto again = 1 + below(30); again > 0 && text.size() < longest; --again) text.insert(at, part);
                    break;
                }
                case 3: text.erase(at, size); break;
                default: {
                    const auto& other = found_[below(found_.size())].second;
                    text.replace(at, size, other.substr(below(other.size() + 1), 1 + below(2'000)));
                }
            }
        }
        return text;
    }
    double time_of(const std::string& text, int rounds = 2) {
        hm::context where;
        where.room_topic = "eating";
        double best = 1e9;
        for (int i = 0; i < rounds; ++i) {
            const auto start = now_ms();
            if (judge_(text, where).severity > 4) return best;
            best = std::min(best, now_ms() - start);
        }
        return best;
    }

    hm::judge& judge_;
    std::vector<std::string> pieces_;
    std::mt19937 dice_;
    std::vector<std::pair<double, std::string>> found_;
};

}  // namespace

int main(int count, char** values) {
    const fs::path folder = count > 1 ? values[1] : "moderation";
    const double seconds = count > 2 ? std::stod(values[2]) : 60;
    const auto seed = count > 3 ? static_cast<unsigned>(std::stoul(values[3])) : std::random_device{}();
    const double limit = count > 4 ? std::stod(values[4]) : 5;
    hm::judge judge(hm::load_rules({folder / "packs", folder / "model/hearth.model", {}, folder / "claims"}));
    search looking(judge, pieces_of(folder / "packs"), seed);
    looking.run(seconds);
    const auto& [took, text] = looking.worst();
    fmt::print(
        "seed {}: {} texts in {:.0f} s; the slowest of {} bytes took {:.2f} ms (at most {:.0f}), it begins: {}\n", seed,
        looking.tried, seconds, text.size(), took, limit, text.substr(0, 300));
    return took <= limit ? 0 : 1;
}
