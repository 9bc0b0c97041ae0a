#include "moderation/text/repair.hpp"

#include <algorithm>
#include <iterator>

#include "moderation/text/clusters.hpp"
#include "moderation/text/readings.hpp"

namespace hearth::moderation {
namespace {

struct replacement {
    std::uint32_t first;  // token index
    std::uint32_t last;   // one past
    std::string text;     // one word, or several with single spaces
    bool slip = false;
};

constexpr std::size_t min_run_together = 10;
constexpr std::size_t min_joined_pair = 6;

// Looks for disguises, in order of the text; what one finder takes the next leaves alone.
class finder {
public:
    finder(std::string_view original, const folded& plain, const token_list& words, std::uint8_t languages,
           const repair_index& index, const variants& accepted)
        : original_(original),
          plain_(plain),
          tokens_(words.tokens),
          languages_(languages),
          index_(index),
          accepted_(accepted) {}

    std::vector<replacement> run() {
        const bool signs = plain_.seen != evasion::none;
        for (std::uint32_t at = 0; at < tokens_.size();) {
            if (signs && (has(plain_.seen, evasion::spaced) && spaced(at))) continue;
            if (signs && cluster(at)) continue;
            if (split_or_joined(at)) continue;
            if (misspelled(at)) continue;
            if (has(plain_.seen, evasion::leet)) doubt(at);
            ++at;
        }
        if (certain_ > 0 && !doubtful_.empty()) take_doubtful();
        return std::move(found_);
    }

private:
    // A lone digit ("1 w4nt") and a word all of look-alikes are a disguise only beside a plain one.
    void take_doubtful() {
        std::vector<replacement> all;
        auto doubtful = doubtful_.begin();
        for (auto& one : found_) {
            for (; doubtful != doubtful_.end() && doubtful->first < one.first; ++doubtful)
                all.push_back(std::move(*doubtful));
            all.push_back(std::move(one));
        }
        all.insert(all.end(), std::make_move_iterator(doubtful), std::make_move_iterator(doubtful_.end()));
        found_ = std::move(all);
    }

    void doubt(std::uint32_t at) {
        if (const auto word = spelling(plain_, tokens_[at]); word == "1" || word == "4") {
            doubtful_.push_back({at, at + 1, word == "1" ? "i" : "a"});
        }
    }

    [[nodiscard]] std::uint32_t begin_of(const token& one) const { return plain_.begin[one.begin]; }
    [[nodiscard]] std::uint32_t end_of(const token& one) const { return plain_.end[one.end - 1]; }

    void take(std::uint32_t& at, std::uint32_t last, std::string text, bool slip = false) {
        found_.push_back({at, last, std::move(text), slip});
        at = last;
    }

    // "p r o - a n a": letters one by one. The narrowest separator joins, a wider or different one parts words.
    bool spaced(std::uint32_t& at) {
        if (at < not_spaced_before_) return false;
        auto last = at;
        while (last < tokens_.size() && tokens_[last].end - tokens_[last].begin == 1) ++last;
        not_spaced_before_ = last;  // a run is read once
        if (last - at < 3) return false;
        const auto between = [&](std::uint32_t i) {
            return original_.substr(end_of(tokens_[i]), begin_of(tokens_[i + 1]) - end_of(tokens_[i]));
        };
        const auto apostrophe = [&](std::uint32_t i) { return between(i) == "'" || between(i) == "\xE2\x80\x99"; };
        std::size_t narrowest = original_.size();
        for (auto i = at; i + 1 < last; ++i) {
            if (!apostrophe(i)) narrowest = std::min(narrowest, between(i).size());
        }
        std::string text;
        std::string letters;
        bool known = false;
        const auto close = [&] {
            auto word = read_letters(letters);
            known = known || !word.empty();
            if (word.empty()) word = letters;
            text += text.empty() ? word : " " + word;
            letters.clear();
        };
        for (auto i = at; i < last; ++i) {
            letters += spelling(plain_, tokens_[i]);
            if (i + 1 < last && (between(i).size() > narrowest || apostrophe(i))) close();
        }
        close();
        if (!known) return false;
        take(at, last, std::move(text));
        return true;
    }

    [[nodiscard]] std::string read_letters(std::string_view letters) const {
        if (auto word = index_.resolve(letters); !word.empty()) return word;
        return index_.run_together(letters, 1, true);
    }

    // Everything between two spaces of the original, with its digits and signs.
    bool cluster(std::uint32_t& at) {
        if (begin_of(tokens_[at]) < past_) return false;
        const auto one = read_cluster(original_, begin_of(tokens_[at]), at > 0 ? end_of(tokens_[at - 1]) : 0);
        past_ = one.end;  // each cluster is read once, however many words it folds to
        if (!one.suspicious) return false;
        auto last = at + 1;
        while (last < tokens_.size() && begin_of(tokens_[last]) < one.end) ++last;
        if (last - at == 1 && one.joined == spelling(plain_, tokens_[at])) {
            // Only letters, so the word was stretched, or is plain after all.
            if (tokens_[at].word != no_word) return false;
        }
        auto word = index_.resolve(one.joined);
        if (!word.empty() && last - at > 1 && all_known(at, last) && one.pieces.size() > 1) word.clear();
        if (word.empty() && one.pieces.size() > 1) word = piecewise(one);
        if (word.empty() && one.joined.size() >= min_run_together && (one.pieces.size() == 1 || spelled_out(one))) {
            word = index_.run_together(one.joined, 3, false);
        }
        // Letters of two scripts in one word, or letters with something between each two: a disguise, known word or not.
        if (word.empty() && one.mixed) word = spaced_pieces(one);
        if (word.empty() && spelled_out(one)) word = plain_letters(one.joined);
        if (word.empty() && one.foreign && last - at == 1) doubtful_.push_back({at, last, plain_letters(one.joined)});
        if (word.empty()) return false;
        if (last - at == 1 && word == spelling(plain_, tokens_[at])) return false;
        ++certain_;
        take(at, last, std::move(word));
        return true;
    }

    [[nodiscard]] static std::string spaced_pieces(const text_cluster& one) {
        std::string text;
        for (const auto& piece : one.pieces) {
            if (const auto word = plain_letters(piece); !word.empty()) text += text.empty() ? word : " " + word;
        }
        return text;
    }

    [[nodiscard]] static bool spelled_out(const text_cluster& one) {
        return one.pieces.size() >= 4 && std::all_of(one.pieces.begin(), one.pieces.end(),
                                                     [](const std::string& piece) { return piece.size() == 1; });
    }

    [[nodiscard]] bool all_known(std::uint32_t first, std::uint32_t last) const {
        return std::all_of(tokens_.begin() + first, tokens_.begin() + last,
                           [](const token& one) { return one.word != no_word && one.end - one.begin > 1; });
    }

    [[nodiscard]] std::string piecewise(const text_cluster& one) const {
        std::string text;
        bool changed = false;
        for (const auto& piece : one.pieces) {
            auto word = index_.resolve(piece);
            changed = changed || (!word.empty() && word != piece);
            if (word.empty()) word = plain_letters(piece);
            if (!word.empty()) text += text.empty() ? word : " " + word;
        }
        return changed ? text : std::string();
    }

    // "wanttodie", "sui cide": spaces left out or put in.
    bool split_or_joined(std::uint32_t& at) {
        const auto& one = tokens_[at];
        if (one.word != no_word && (at + 1 >= tokens_.size() || tokens_[at + 1].word != no_word)) return false;
        const auto text = spelling(plain_, one);
        if (one.word == no_word && text.size() >= min_run_together) {
            if (auto words = index_.run_together(text, 3, false); !words.empty()) {
                take(at, at + 1, std::move(words));
                return true;
            }
        }
        if (at + 1 < tokens_.size()) {
            const auto next = spelling(plain_, tokens_[at + 1]);
            const bool both_unknown = one.word == no_word && tokens_[at + 1].word == no_word;
            if (text.size() + next.size() >= (both_unknown ? min_joined_pair - 1 : min_joined_pair) &&
                text.size() <= 8 && next.size() <= 8) {
                pair_.assign(text).append(next);
                if (index_.weight_of(pair_) >= 3 && begin_of(tokens_[at + 1]) - end_of(one) <= 2) {
                    take(at, at + 2, pair_);
                    return true;
                }
            }
        }
        return false;
    }

    // "suicde", "thynspo"; first what people have said of a spelling.
    bool misspelled(std::uint32_t& at) {
        if (tokens_[at].word != no_word) return false;
        if (!accepted_.empty()) {
            if (const auto term = accepted_.find(std::string(spelling(plain_, tokens_[at]))); !term.empty()) {
                take(at, at + 1, std::string(term));
                return true;
            }
        }
        const auto word = index_.near(spelling(plain_, tokens_[at]), languages_);
        if (word.empty()) return false;
        take(at, at + 1, std::string(word), true);
        return true;
    }

    std::string_view original_;
    const folded& plain_;
    const std::vector<token>& tokens_;
    std::uint8_t languages_;
    const repair_index& index_;
    const variants& accepted_;
    std::vector<replacement> found_;
    std::vector<replacement> doubtful_;
    std::uint32_t certain_ = 0;
    std::string pair_;
    std::uint32_t past_ = 0;
    std::uint32_t not_spaced_before_ = 0;
};

// Copies the folded text, putting replacements where they belong and keeping every byte's way back.
class rewriter {
public:
    rewriter(const folded& plain, const token_list& words, folded& out, std::vector<repaired_range>& changed)
        : plain_(plain), tokens_(words.tokens), out_(out), changed_(changed), mark_(plain.marks.begin()) {}

    void run(const std::vector<replacement>& replacements) {
        out_ = {};
        out_.seen = plain_.seen;
        put(' ', 0, 0);
        auto next = replacements.begin();
        for (std::uint32_t at = 0; at < tokens_.size();) {
            marks_before(tokens_[at].begin);
            if (next != replacements.end() && next->first == at) {
                const auto begin = plain_.begin[tokens_[at].begin];
                const auto end = plain_.end[tokens_[next->last - 1].end - 1];
                const auto from = static_cast<std::uint32_t>(out_.text.size());
                for (const char letter : next->text) put(letter, begin, end);
                changed_.push_back({from, static_cast<std::uint32_t>(out_.text.size()), next->slip});
                at = next->last;
                while (mark_ != plain_.marks.end() && mark_->at < tokens_[at - 1].begin)
                    ++mark_;  // within the disguise
                ++next;
            } else {
                for (auto i = tokens_[at].begin; i < tokens_[at].end; ++i)
                    put(plain_.text[i], plain_.begin[i], plain_.end[i]);
                ++at;
            }
            const auto space = tokens_[at - 1].end;
            put(' ', plain_.begin[space], plain_.end[space]);
        }
        marks_before(static_cast<std::uint32_t>(plain_.text.size()));
    }

private:
    void put(char letter, std::uint32_t begin, std::uint32_t end) {
        out_.text.push_back(letter);
        out_.begin.push_back(begin);
        out_.end.push_back(end);
    }
    void marks_before(std::uint32_t at) {
        for (; mark_ != plain_.marks.end() && mark_->at < at; ++mark_) {
            out_.marks.push_back({static_cast<std::uint32_t>(out_.text.size() - 1), mark_->kind});
        }
    }

    const folded& plain_;
    const std::vector<token>& tokens_;
    folded& out_;
    std::vector<repaired_range>& changed_;
    std::vector<text_mark>::const_iterator mark_;
};

}  // namespace

bool repair_into(std::string_view original, const folded& plain, const token_list& words, std::uint8_t languages,
                 const repair_index& index, const variants& accepted, folded& out,
                 std::vector<repaired_range>& changed) {
    const auto found = finder(original, plain, words, languages, index, accepted).run();
    if (found.empty()) return false;
    rewriter(plain, words, out, changed).run(found);
    return true;
}

}  // namespace hearth::moderation
