#include "moderation/signals/identifiers.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace hearth::moderation {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_name(char c) noexcept { return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '-' || c == '+'; }

template <std::size_t n>
bool one_of(const std::array<std::string_view, n>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

// --- telephone numbers ----------------------------------------------------------------------------------------------

struct digit_run {
    std::string digits;
    std::vector<std::size_t> groups;  // lengths
    std::string separators;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool plus = false;
};

// Public services that do not tell themselves by a free prefix: SOS Amitié, Alcool Info Service, Anorexie Boulimie Info
// Écoute, Infor-Drogues (crisis directory).
constexpr std::array<std::string_view, 4> known_services{"0972394050", "0980980930", "0969325900", "022275252"};
constexpr std::array<std::string_view, 14> free_prefixes{"0800", "0808", "0805", "0300", "1800", "1888", "1877",
                                                         "1866", "1855", "1844", "1833", "800",  "116",  "33800"};

bool is_public_service(const digit_run& run) {
    if (run.digits.size() <= 7) return true;  // short codes: 988, 3114, 116123, 741741
    if (one_of(known_services, run.digits)) return true;
    return std::any_of(free_prefixes.begin(), free_prefixes.end(), [&](std::string_view prefix) {
        return run.digits.starts_with(prefix) && (prefix.size() > 3 || run.digits.size() <= 10);
    });
}

bool is_date_or_time(const digit_run& run) {
    if (run.separators.find_first_of(":,") != std::string::npos) return true;
    if (run.groups.size() != 3 || run.plus) return false;
    const auto& g = run.groups;
    const bool day_first = g[0] <= 2 && g[1] <= 2 && (g[2] == 4 || g[2] == 2);
    const bool year_first = g[0] == 4 && g[1] <= 2 && g[2] <= 2;
    return (day_first || year_first) && run.digits.size() <= 8;
}

bool is_phone(const digit_run& run) {
    const auto count = run.digits.size();
    if (count < 8 || count > 19 || is_date_or_time(run) || is_public_service(run)) return false;
    if (run.groups.size() == 1) return run.plus || run.digits.front() == '0' || count >= 9;
    const auto singles = std::count(run.groups.begin(), run.groups.end(), 1U);
    if (static_cast<std::size_t>(singles) == run.groups.size())
        return run.digits.front() == '0' && count >= 9;                                    // dictated one by one
    if (run.groups.size() == 2 && run.groups[0] == 5 && run.groups[1] == 4) return false;  // a post code
    if (run.plus || run.digits.front() == '0') return run.groups.size() <= 7;
    const auto& g = run.groups;  // 555-010-0199, 1 555 010 0199
    return (g.size() == 3 && g[0] == 3 && g[1] == 3 && g[2] == 4) ||
           (g.size() == 4 && g[0] == 1 && g[1] == 3 && g[2] == 3 && g[3] == 4);
}

void find_phones(std::string_view text, std::vector<identifier>& out) {
    for (std::size_t at = 0; at < text.size();) {
        if (!is_digit(text[at])) {
            ++at;
            continue;
        }
        digit_run run;
        run.begin = at;
        if (at > 0 && text[at - 1] == '+') run.plus = true, run.begin = at - 1;
        const bool glued = at > 0 && (is_letter(text[at - 1]) || text[at - 1] == '_' || text[at - 1] == '@');
        if (run.begin > 0 && text[run.begin - 1] == '(') --run.begin;
        run.groups.push_back(0);
        while (at < text.size()) {
            if (is_digit(text[at])) {
                run.digits += text[at];
                ++run.groups.back();
                ++at;
                run.end = at;
                continue;
            }
            std::size_t gap = 0;
            while (gap < 3 && at + gap < text.size() &&
                   std::string_view(" .-()/:,").find(text[at + gap]) != std::string_view::npos)
                ++gap;
            if (gap == 0 || at + gap >= text.size() || !is_digit(text[at + gap]) || run.digits.size() > 24) break;
            run.separators += text.substr(at, gap);
            run.groups.push_back(0);
            at += gap;
        }
        if (!glued && is_phone(run)) {
            out.push_back(
                {identifier::type::phone, static_cast<std::uint32_t>(run.begin), static_cast<std::uint32_t>(run.end)});
        }
    }
}

// --- mail, handles, links -------------------------------------------------------------------------------------------

void find_at_signs(std::string_view text, std::vector<identifier>& out) {
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        std::size_t begin = at;
        while (begin > 0 && at - begin < 64 && is_name(text[begin - 1])) --begin;
        std::size_t end = at + 1;
        while (end < text.size() && end - at < 128 && is_name(text[end])) ++end;
        while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
        const auto after = text.substr(at + 1, end - at - 1);
        const auto dot = after.rfind('.');
        const bool domain =
            dot != std::string_view::npos && dot > 0 && after.size() - dot >= 3 && is_letter(after.back());
        if (begin < at && domain) {
            out.push_back(
                {identifier::type::email, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
        } else if (begin == at && after.size() >= 3 && (is_letter(after.front()) || after.front() == '_')) {
            out.push_back({identifier::type::handle, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
        }
    }
}

// Places that are a way to one person or a closed group, unlike a page to read.
constexpr std::array<std::string_view, 14> doors{
    "t.me/",    "telegram.me/", "wa.me/",         "chat.whatsapp.com/", "discord.gg/",   "discord.com/invite/",
    "line.me/", "m.me/",        "instagram.com/", "snapchat.com/add",   "facebook.com/", "signal.me/",
    "kik.me/",  "onlyfans.com/"};

void find_doors(std::string_view text, std::vector<identifier>& out) {
    for (auto slash = text.find('/'); slash != std::string_view::npos; slash = text.find('/', slash + 1)) {
        std::size_t begin = slash;
        while (begin > 0 && slash - begin < 64 && !std::isspace(static_cast<unsigned char>(text[begin - 1]))) --begin;
        std::size_t end = slash;
        while (end < text.size() && end - slash < 256 && !std::isspace(static_cast<unsigned char>(text[end]))) ++end;
        std::string link(text.substr(begin, end - begin));
        std::transform(link.begin(), link.end(), link.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        const bool door = std::any_of(doors.begin(), doors.end(), [&](std::string_view one) {
            const auto found = link.find(one);
            return found != std::string::npos && (found == 0 || link[found - 1] == '/' || link[found - 1] == '.');
        });
        if (const auto scheme = link.find("http"); scheme != std::string::npos) begin += scheme;
        if (door)
            out.push_back(
                {identifier::type::invitation, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
        slash = end - 1;
    }
}

// --- words: app names and streets -----------------------------------------------------------------------------------

constexpr std::array<std::string_view, 18> apps{"insta", "instagram", "ig",      "snap",  "snapchat", "telegram",
                                                "tele",  "tg",        "discord", "kik",   "whatsapp", "wa",
                                                "line",  "wickr",     "threema", "skype", "tiktok",   "facebook"};
constexpr std::array<std::string_view, 12> streets_after{"street", "avenue",    "ave",  "road",     "rd",    "lane",
                                                         "drive",  "boulevard", "blvd", "crescent", "close", "terrace"};
constexpr std::array<std::string_view, 9> streets_before{"rue",   "avenue", "boulevard", "impasse", "chemin",
                                                         "allee", "quai",   "jalan",     "jl"};

// "insta: some_name", "tg = name99": an app's name, a sign, and a word that is no ordinary one.
void find_named_apps(std::string_view original, const folded& text, const token_list& words,
                     std::vector<identifier>& out) {
    for (std::size_t i = 0; i + 1 < words.tokens.size(); ++i) {
        if (!one_of(apps, spelling(text, words.tokens[i]))) continue;
        const auto from = text.end[words.tokens[i].end - 1];
        const auto name = text.begin[words.tokens[i + 1].begin];
        const auto between = original.substr(from, name - from);
        std::size_t end = name;
        bool unusual = false;
        while (end < original.size() && is_name(original[end])) {
            unusual = unusual || is_digit(original[end]) || original[end] == '_' ||
                      (original[end] == '.' && end + 1 < original.size() && is_name(original[end + 1]));
            ++end;
        }
        const bool sign = between.find_first_of(":=@") != std::string_view::npos;
        if (end - name >= 3 &&
            (between.find('@') != std::string_view::npos || (sign && words.tokens[i + 1].word == no_word) || unusual)) {
            if (is_digit(original[name])) continue;
            out.push_back({identifier::type::handle, name, static_cast<std::uint32_t>(end)});
        }
    }
}

void find_streets(const folded& text, const token_list& words, const cue_table& cues, std::vector<identifier>& out) {
    const auto& all = words.tokens;
    const auto digits = [&](const token& one) { return is_digit(text.text[one.begin]); };
    const auto little = [&](const token& one) { return one.word != no_word && cues.function_word(one.word) != 0; };
    const auto put = [&](std::size_t first, std::size_t last) {
        out.push_back({identifier::type::address, text.begin[all[first].begin], text.end[all[last].end - 1]});
    };
    for (std::size_t i = 0; i + 2 < all.size(); ++i) {
        if (digits(all[i]) && all[i].end - all[i].begin <= 5) {
            // 12 rue Haute · 12 bis avenue …
            const auto street = spelling(text, all[i + 1]) == "bis" ? i + 2 : i + 1;
            if (street + 1 < all.size() && one_of(streets_before, spelling(text, all[street]))) put(i, street + 1);
            // 12 Oak Street · 12 Old Mill Road
            for (std::size_t j = i + 2; j <= i + 3 && j < all.size(); ++j) {
                if (little(all[j - 1]) || digits(all[j - 1])) break;
                if (one_of(streets_after, spelling(text, all[j])) && !little(all[i + 1])) {
                    put(i, j);
                    break;
                }
            }
        }
        // jl. Melati no 5
        if (const auto word = spelling(text, all[i]); word == "jl" || word == "jalan") {
            for (std::size_t j = i + 2; j <= i + 4 && j < all.size(); ++j) {
                if (digits(all[j]) &&
                    (spelling(text, all[j - 1]) == "no" || spelling(text, all[j - 1]) == "nomor" || word == "jl")) {
                    put(i, j);
                    break;
                }
            }
        }
    }
}

}  // namespace

bool may_hold_identifiers(std::string_view original) noexcept {
    std::size_t digits = 0;
    for (const char c : original) {
        if (is_digit(c))
            ++digits;
        else if (c == '@' || c == '/' || c == '=' || c == ':')
            return true;
    }
    return digits > 0;
}

std::vector<identifier> find_identifiers(std::string_view original, const folded& text, const token_list& words,
                                         const cue_table& cues) {
    original = original.substr(0, max_folded_bytes);
    std::vector<identifier> out;
    find_phones(original, out);
    find_at_signs(original, out);
    find_doors(original, out);
    find_named_apps(original, text, words, out);
    find_streets(text, words, cues, out);
    constexpr std::size_t enough = 32;
    if (out.size() > enough) out.resize(enough);
    return out;
}

std::string_view rule_of(identifier::type kind) noexcept {
    switch (kind) {
        case identifier::type::phone: return "engine.phone";
        case identifier::type::email: return "engine.email";
        case identifier::type::handle: return "engine.handle";
        case identifier::type::invitation: return "engine.invitation";
        case identifier::type::address: return "engine.address";
    }
    return "engine.identifier";
}

}  // namespace hearth::moderation
