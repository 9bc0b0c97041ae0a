#include "review/queue.hpp"

#include <algorithm>
#include <array>

namespace hearth::review {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

struct clock_row {
    seconds first_look;
    seconds head_start;
};
using lane_clock = std::array<clock_row, 4>;  // severity 1 to 4

constexpr lane_clock care{
    {{hours{8}, hours{12}}, {hours{2}, days{3}}, {minutes{15}, days{14}}, {minutes{5}, days{30}}}};
constexpr lane_clock harm{{{hours{24}, seconds{0}}, {hours{8}, days{1}}, {hours{1}, days{7}}, {minutes{15}, days{20}}}};

constexpr int most_exposed = 50;
constexpr minutes per_person{6};

const clock_row& row(case_lane lane, int severity) noexcept {
    const auto step = static_cast<std::size_t>(std::clamp(severity, 1, 4) - 1);
    return lane == case_lane::care ? care[step] : harm[step];  // NOLINT: step is 0 to 3
}

}  // namespace

seconds first_look_within(case_lane lane, int severity) noexcept { return row(lane, severity).first_look; }

std::int64_t priority_of(case_lane lane, int severity, int exposed, time_point since) noexcept {
    constexpr std::chrono::sys_days far_future{std::chrono::year{2100} / 1 / 1};  // keeps the number positive
    const auto age = std::chrono::duration_cast<seconds>(far_future - since);
    const seconds exposure = per_person * std::clamp(exposed, 0, most_exposed);
    return (age + row(lane, severity).head_start + exposure).count();
}

}  // namespace hearth::review
