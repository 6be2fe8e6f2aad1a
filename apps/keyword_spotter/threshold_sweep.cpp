#include "apps/keyword_spotter/threshold_sweep.hpp"

#include <algorithm>
#include <cmath>

namespace verge::spotter {
namespace {

constexpr std::uint64_t kMostSummed = 200;
constexpr double kNormal95 = 1.6448536;

/// P(X <= count) for a Poisson variable of this mean, by its terms from the largest down.
double poisson_cumulative(std::uint64_t count, double mean) {
    double sum = 0;
    for (std::uint64_t k = 0; k <= count; ++k) {
        const auto n = static_cast<double>(k);
        sum += std::exp(n * std::log(mean) - mean - std::lgamma(n + 1));
    }
    return sum;
}

}  // namespace

ThresholdSweep::ThresholdSweep(signal::Trigger usual, std::uint32_t suppression_ms)
    : usual_(usual), suppression_ms_(suppression_ms) {}

void ThresholdSweep::restart() {
    detectors_.fill({0, false, false});
}

std::uint8_t ThresholdSweep::release(std::uint8_t threshold) const {
    const int share = usual_.release * threshold / std::max<int>(usual_.threshold, 1);
    return static_cast<std::uint8_t>(std::clamp<int>(share, 1, threshold));
}

void ThresholdSweep::push(std::uint8_t average, std::uint32_t time_ms) {
    for (std::size_t t = 1; t < kThresholds; ++t) {
        const auto threshold = static_cast<std::uint8_t>(t);
        Detector& detector = detectors_[t];
        detector.is_held = detector.is_held && average >= release(threshold);
        detector.is_suppressed =
            detector.is_suppressed && time_ms - detector.decided_ms < suppression_ms_;
        if (average >= threshold && !detector.is_held && !detector.is_suppressed) {
            detector = {time_ms, true, true};
            ++counts_[t];
        }
    }
}

double poisson_upper_bound(std::uint64_t count) {
    if (count > kMostSummed) {
        // Wilson and Hilferty's approximation of the chi-squared distribution, here within 0.01 %.
        const double n = static_cast<double>(count) + 1;
        return n * std::pow(1 - 1 / (9 * n) + kNormal95 / (3 * std::sqrt(n)), 3);
    }
    double low = 0;
    double high = 10 + 3 * static_cast<double>(count);
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (poisson_cumulative(count, middle) > 0.05 ? low : high) = middle;
    }
    return high;
}

std::vector<Choice> choices(const ThresholdSweep& sweep,
                            const std::vector<std::uint8_t>& peaks,
                            double hours) {
    std::vector<Choice> all;
    for (std::size_t t = 1; t < kThresholds; ++t) {
        const auto threshold = static_cast<std::uint8_t>(t);
        const std::uint64_t count = sweep.decisions(threshold);
        all.push_back({threshold,
                       static_cast<std::uint64_t>(std::ranges::count_if(
                           peaks, [&](std::uint8_t peak) { return peak < threshold; })),
                       count, static_cast<double>(count) / hours,
                       poisson_upper_bound(count) / hours});
    }
    return all;
}

const Choice& choose(const std::vector<Choice>& all, double per_hour) {
    // From above: at a low threshold a word that never ends counts once, which proves nothing.
    std::size_t chosen = all.size() - 1;
    while (chosen > 0 && all[chosen].false_accepts_per_hour <= per_hour &&
           all[chosen - 1].false_accepts_per_hour <= per_hour) {
        --chosen;
    }
    return all[chosen];
}

std::vector<Choice> rows_of(const std::vector<Choice>& all,
                            const Choice& chosen,
                            std::size_t most) {
    std::vector<Choice> changes;
    for (const Choice& choice : all) {
        if (changes.empty() || changes.back().missed != choice.missed ||
            changes.back().false_accepts != choice.false_accepts) {
            changes.push_back(choice);
        }
    }
    std::vector<Choice> rows;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const std::size_t step = (changes.size() + most - 1) / most;
        const bool is_chosen_next =
            changes[i].threshold <= chosen.threshold &&
            (i + 1 == changes.size() || changes[i + 1].threshold > chosen.threshold);
        if (is_chosen_next) {
            rows.push_back(chosen);
        } else if (i % step == 0) {
            rows.push_back(changes[i]);
        }
    }
    return rows;
}

}  // namespace verge::spotter
