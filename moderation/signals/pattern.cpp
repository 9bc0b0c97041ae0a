#include "moderation/signals/pattern.hpp"

#include <fmt/core.h>
#include <algorithm>
#include <optional>
#include <utility>

#include "moderation/text/fold.hpp"

namespace hearth::moderation {
namespace {

using type = pattern_node::type;
constexpr int max_nesting = 8;
constexpr std::size_t max_glued = 200;

std::vector<std::string> words_of(std::string_view raw) {
    const auto text = fold(raw).text;
    std::vector<std::string> words;
    for (std::size_t at = 1; at < text.size();) {
        const auto end = text.find(' ', at);
        words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

pattern_node leaf(type kind, std::string text) { return {kind, std::move(text), 0, {}}; }

pattern_node choice_of(std::vector<pattern_node> options) {
    if (options.size() == 1) return std::move(options.front());
    return {type::choice, {}, 0, std::move(options)};
}

// "don't", "pro-ana": every way to join or split the parts. Long ones (four parts and more) only whole or split.
pattern_node word_node(std::string_view raw) {
    bool prefix = false;
    if (!raw.empty() && raw.back() == '*') {
        prefix = true;
        raw.remove_suffix(1);
    }
    if (raw.find('*') != std::string_view::npos)
        throw pattern_fault{fmt::format("'*' inside '{}'; it may only end a word", raw)};
    const auto parts = words_of(raw);
    if (parts.empty()) throw pattern_fault{fmt::format("nothing is left of '{}' after folding", raw)};
    const auto cuts = parts.size() - 1;
    std::vector<pattern_node> options;
    for (std::size_t joined = 0; joined < (1U << std::min<std::size_t>(cuts, 3)); ++joined) {
        std::vector<std::string> words{parts.front()};
        for (std::size_t cut = 0; cut < cuts; ++cut) {
            const bool join = (joined >> std::min<std::size_t>(cut, 2)) & 1U;
            if (join)
                words.back() += parts[cut + 1];
            else
                words.push_back(parts[cut + 1]);
        }
        pattern_node one;
        for (auto& word : words) one.children.push_back(leaf(type::word, std::move(word)));
        if (prefix) one.children.back().kind = type::prefix;
        options.push_back(one.children.size() == 1 ? one.children.front() : std::move(one));
    }
    return choice_of(std::move(options));
}

class parser {
public:
    parser(std::string_view in, const list_lookup& lists, int depth) : in_(in), lists_(lists), depth_(depth) {}

    pattern_node run() {
        auto root = alternatives('\0');
        if (at_ < in_.size()) throw pattern_fault{fmt::format("'{}' without its opening", in_[at_])};
        return root;
    }

private:
    // A run of words and groups that touch: its possible spellings ("kill(ed|ing)"), until whitespace ends it.
    using spellings = std::vector<std::string>;

    pattern_node alternatives(char closing) {
        std::vector<pattern_node> options;
        options.push_back(sequence(closing));
        while (at_ < in_.size() && in_[at_] == '|') {
            ++at_;
            options.push_back(sequence(closing));
        }
        if (closing != '\0') {
            if (at_ >= in_.size() || in_[at_] != closing) throw pattern_fault{fmt::format("'{}' is missing", closing)};
            ++at_;
            for (const auto& option : options) {
                if (option.kind == type::sequence && option.children.empty())
                    throw pattern_fault{"an empty alternative"};
            }
        }
        return choice_of(std::move(options));
    }

    pattern_node sequence(char closing) {
        pattern_node result;
        while (at_ < in_.size()) {
            const char c = in_[at_];
            if (c == ' ' || c == '\t' || c == '\n') {
                ++at_;
                continue;
            }
            if (c == '|' || c == closing) break;
            if (c == ')' || c == ']' || c == '}') throw pattern_fault{fmt::format("'{}' without its opening", c)};
            result.children.push_back(item());
        }
        if (result.children.size() == 1) return std::move(result.children.front());
        return result;
    }

    pattern_node item() {
        switch (in_[at_]) {
            case '~': return gap();
            case '#': return number();
            default: break;
        }
        const auto start = at_;
        if (touches_next(start)) {
            at_ = start;
            return glued();
        }
        at_ = start;
        return single();
    }

    pattern_node single() {
        switch (in_[at_]) {
            case '(': ++at_; return alternatives(')');
            case '[': {
                ++at_;
                std::vector<pattern_node> options;
                options.push_back(alternatives(']'));
                options.emplace_back();
                return choice_of(std::move(options));
            }
            case '{': return list();
            default: return word_node(raw_word());
        }
    }

    pattern_node list() {
        const auto close = in_.find('}', at_);
        if (close == std::string_view::npos) throw pattern_fault{"'}' is missing"};
        const auto name = in_.substr(at_ + 1, close - at_ - 1);
        at_ = close + 1;
        const auto* items = lists_ ? lists_(name) : nullptr;
        if (items == nullptr) throw pattern_fault{fmt::format("no word list is called {{{}}}", name)};
        if (items->empty()) throw pattern_fault{fmt::format("the word list {{{}}} is empty", name)};
        if (depth_ >= max_nesting)
            throw pattern_fault{fmt::format("the word list {{{}}} holds itself, or nests too deep", name)};
        std::vector<pattern_node> options;
        for (const auto& text : *items) {
            try {
                options.push_back(parser(text, lists_, depth_ + 1).run());
            } catch (const pattern_fault& fault) {
                throw pattern_fault{fmt::format("in list {{{}}}, '{}': {}", name, text, fault.reason)};
            }
        }
        return choice_of(std::move(options));
    }

    pattern_node gap() {
        ++at_;
        int words = 0;
        const auto digits = at_;
        for (; at_ < in_.size() && in_[at_] >= '0' && in_[at_] <= '9' && words < 1000; ++at_)
            words = words * 10 + (in_[at_] - '0');
        if (at_ == digits) words = default_gap_words;
        if (words < 1 || words > max_gap_words)
            throw pattern_fault{fmt::format("a gap of {} words; 1 to {} are allowed", words, max_gap_words)};
        return {type::gap, {}, words, {}};
    }

    pattern_node number() {
        ++at_;
        std::string unit;
        if (at_ < in_.size() && !ends_word(in_[at_])) {
            const auto parts = words_of(raw_word());
            if (parts.size() != 1) throw pattern_fault{"a unit after '#' is one word"};
            unit = parts.front();
        }
        if (unit.empty()) return leaf(type::number, {});
        pattern_node apart;  // "#kg" is "45kg" and "45 kg"
        apart.children = {leaf(type::number, {}), leaf(type::word, unit)};
        return choice_of({leaf(type::number, unit), std::move(apart)});
    }

    static bool ends_word(char c) { return std::string_view(" \t\n()[]{}|~#").find(c) != std::string_view::npos; }

    std::string_view raw_word() {
        const auto start = at_;
        while (at_ < in_.size() && !ends_word(in_[at_])) ++at_;
        return in_.substr(start, at_ - start);
    }

    // Skips the item at `start` without reading it, and tells whether another touches it.
    bool touches_next(std::size_t start) {
        std::size_t at = start;
        if (const char open = in_[at]; open == '(' || open == '[' || open == '{') {
            int depth = 0;
            for (; at < in_.size(); ++at) {
                if (std::string_view("([{").find(in_[at]) != std::string_view::npos)
                    ++depth;
                else if (std::string_view(")]}").find(in_[at]) != std::string_view::npos && --depth == 0)
                    break;
            }
            ++at;
        } else {
            while (at < in_.size() && !ends_word(in_[at])) ++at;
        }
        return at < in_.size() && std::string_view(" \t\n)]}|~").find(in_[at]) == std::string_view::npos &&
               in_[at] != '#';
    }

    spellings group_spellings(char closing, bool optional) {
        ++at_;
        spellings all;
        std::string one;
        const auto start = at_;
        for (; at_ < in_.size() && in_[at_] != closing; ++at_) {
            if (std::string_view("()[]{}~#").find(in_[at_]) != std::string_view::npos) {
                throw pattern_fault{
                    fmt::format("a group that touches a word holds plain words only: '{}'", in_.substr(start))};
            }
            if (in_[at_] == '|')
                all.push_back(std::exchange(one, {}));
            else
                one += in_[at_];
        }
        if (at_ >= in_.size()) throw pattern_fault{fmt::format("'{}' is missing", closing)};
        ++at_;
        all.push_back(std::move(one));
        if (optional) all.emplace_back();
        return all;
    }

    pattern_node glued() {
        spellings all{""};
        while (at_ < in_.size()) {
            const char c = in_[at_];
            spellings next;
            if (c == '(')
                next = group_spellings(')', false);
            else if (c == '[')
                next = group_spellings(']', true);
            else if (c == '{')
                throw pattern_fault{"a {list} needs a space before and after it"};
            else if (!ends_word(c))
                next = {std::string(raw_word())};
            else
                break;
            spellings product;
            for (const auto& left : all) {
                for (const auto& right : next) product.push_back(left + right);
            }
            if (product.size() > max_glued) throw pattern_fault{"too many spellings in one word"};
            all = std::move(product);
        }
        std::vector<pattern_node> options;
        for (const auto& spelling : all) options.push_back(parser(spelling, lists_, depth_ + 1).run());
        return choice_of(std::move(options));
    }

    std::string_view in_;
    const list_lookup& lists_;
    int depth_;
    std::size_t at_ = 0;
};

}  // namespace

pattern_node parse_pattern(std::string_view pattern, const list_lookup& lists) {
    auto root = parser(pattern, lists, 0).run();
    if (root.kind == type::sequence && root.children.empty()) throw pattern_fault{"an empty pattern"};
    // A gap at the edge asks for nothing.
    auto& children = root.children;
    while (!children.empty() && children.front().kind == type::gap) children.erase(children.begin());
    while (!children.empty() && children.back().kind == type::gap) children.pop_back();
    if (root.kind == type::gap || (root.kind == type::sequence && children.empty()))
        throw pattern_fault{"a pattern of gaps"};
    return root;
}

}  // namespace hearth::moderation
