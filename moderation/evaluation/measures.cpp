#include "moderation/evaluation/measures.hpp"

#include <algorithm>
#include <cmath>

namespace hearth::moderation {
namespace {

constexpr double z = 1.959964;  // 95 %

double wilson(const proportion& p, double side) noexcept {
    if (p.of == 0) return side < 0 ? 0 : 1;
    const auto n = static_cast<double>(p.of);
    const double rate = p.rate();
    const double middle = rate + z * z / (2 * n);
    const double spread = z * std::sqrt(rate * (1 - rate) / n + z * z / (4 * n * n));
    return std::clamp((middle + side * spread) / (1 + z * z / n), 0.0, 1.0);
}

// How bad it is, for sorting: a silenced disclosure is the worst there is.
int gravity(const wrong_line& one) {
    if (one.what == "silenced disclosure") return 100;
    if (one.what == "silenced") return 90;
    const int severity = one.line.categories.empty() ? 0 : taxonomy[one.line.categories.front()].severity;
    return one.what == "missed" ? 10 + severity : severity;
}

}  // namespace

double proportion::low() const noexcept { return wilson(*this, -1); }
double proportion::high() const noexcept { return wilson(*this, 1); }

bool surfaced(const verdict& of) noexcept { return of.action != disposition::publish || of.notice; }
bool silenced(const verdict& of) noexcept { return of.action >= disposition::hold; }

double measures::f1(std::size_t category) const {
    std::size_t right = confusion[category][category], given = 0, meant = 0;
    for (std::size_t i = 0; i < taxonomy.size(); ++i) {
        given += confusion[i][category];
        meant += confusion[category][i];
    }
    if (meant == 0) return -1;
    return 2.0 * static_cast<double>(right) / static_cast<double>(given + meant);
}

double measures::macro_f1() const {
    double sum = 0;
    int count = 0;
    for (std::size_t i = 0; i < taxonomy.size(); ++i) {
        if (const double one = f1(i); one >= 0) {
            sum += one;
            ++count;
        }
    }
    return count == 0 ? 0 : sum / count;
}

void tally::add(const labelled_line& line, const verdict& given) {
    const bool seen = surfaced(given), withheld = silenced(given);
    auto& all = by_language_[line.language];
    const auto wrong = [&](const char* what) { wrong_.push_back({line, given, what}); };
    if (line.benign()) {
        all.silenced_benign.add(withheld);
        (line.kind == line_kind::twin ? all.noise_twins : all.noise_ordinary).add(seen);
        if (line.kind == line_kind::twin) all.noise_of[line.categories.front()].add(seen);
        if (withheld)
            wrong("silenced");
        else if (seen)
            wrong("noise");
        return;
    }
    const auto meant = line.categories.front();
    all.surfaced_all.add(seen);
    if (taxonomy[meant].severity >= 3) all.surfaced_grave.add(seen);
    if (line.oblique) all.surfaced_oblique.add(seen);
    all.surfaced_of[meant].add(seen);
    if (line.kind == line_kind::care) {
        all.silenced_care.add(withheld);
        if (withheld) wrong("silenced disclosure");
    }
    if (!seen) wrong("missed");
    const auto named = seen && given.category ? find_category(*given.category) : std::nullopt;
    if (!named) return;
    // Any of a line's categories is right.
    const bool right = std::find(line.categories.begin(), line.categories.end(), *named) != line.categories.end();
    ++all.confusion[right ? *named : meant][*named];
}

void tally::add_disguised(const labelled_line& line, const verdict& plain, const verdict& disguised) {
    if (!line.benign() && surfaced(plain)) by_language_[line.language].evasion.add(surfaced(disguised));
}

std::vector<wrong_line> tally::worst(std::size_t most) const {
    auto sorted = wrong_;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const wrong_line& a, const wrong_line& b) { return gravity(a) > gravity(b); });
    if (sorted.size() > most) sorted.resize(most);
    return sorted;
}

}  // namespace hearth::moderation
