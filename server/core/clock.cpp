#include "core/clock.hpp"

#include <array>

namespace hearth {
namespace {

void put(char* out, unsigned value, int digits) {
    for (int i = digits - 1; i >= 0; --i, value /= 10) out[i] = static_cast<char>('0' + value % 10);
}

}  // namespace

void append_rfc3339(std::string& out, time_point at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{at - day};
    std::array<char, 24> text{'0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 'T', '0',
                              '0', ':', '0', '0', ':', '0', '0', '.', '0', '0', '0', 'Z'};
    put(text.data(), static_cast<unsigned>(static_cast<int>(date.year())), 4);
    put(text.data() + 5, static_cast<unsigned>(date.month()), 2);
    put(text.data() + 8, static_cast<unsigned>(date.day()), 2);
    put(text.data() + 11, static_cast<unsigned>(time.hours().count()), 2);
    put(text.data() + 14, static_cast<unsigned>(time.minutes().count()), 2);
    put(text.data() + 17, static_cast<unsigned>(time.seconds().count()), 2);
    put(text.data() + 20, static_cast<unsigned>(time.subseconds().count()), 3);
    out.append(text.data(), text.size());
}

std::string to_rfc3339(time_point at) {
    std::string out;
    append_rfc3339(out, at);
    return out;
}

}  // namespace hearth
