// The filter's table, and the sum over the input samples around each output sample.

#include "formats/wav/resample.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <numeric>
#include <string>

namespace verge::wav {
namespace {

constexpr int kCrossings = 64;  // zero crossings of the sinc on either side
constexpr int kSteps = 512;     // table entries between two crossings
constexpr std::uint32_t kMostKeptPhases = 1024;
constexpr double kBeta = 9.0;      // Kaiser window: side lobes near -90 dB
constexpr double kCutoff = 0.955;  // of the lower Nyquist frequency: the transition ends there

/// Modified Bessel function of the first kind, order 0, by its power series.
double bessel_i0(double x) {
    double term = 1.0;
    double sum = 1.0;
    for (int k = 1; term > sum * 1e-17; ++k) {
        term *= (x / (2.0 * k)) * (x / (2.0 * k));
        sum += term;
    }
    return sum;
}

/// One wing of the windowed sinc: entry i is at i / kSteps crossings; two zeros end it.
std::vector<double> kernel_table() {
    std::vector<double> table(std::size_t{kCrossings} * kSteps + 2, 0.0);
    table[0] = 1.0;
    const double peak = bessel_i0(kBeta);
    for (std::size_t i = 1; i < table.size() - 2; ++i) {
        const double x = static_cast<double>(i) / kSteps;
        const double edge = x / kCrossings;
        const double window = bessel_i0(kBeta * std::sqrt(1.0 - edge * edge)) / peak;
        table[i] = std::sin(std::numbers::pi * x) / (std::numbers::pi * x) * window;
    }
    return table;
}

/// The weights of the input samples around an output sample, one set for each phase (where between
/// two input samples it falls). Usual pairs of rates have few phases; their sets are kept.
class FilterBank {
public:
    FilterBank(Rates rates, std::uint32_t phases)
        : scale_(kCutoff * std::min(1.0, static_cast<double>(rates.to) / rates.from)),
          half_(static_cast<std::size_t>(std::ceil(kCrossings / scale_))),
          phases_(phases),
          table_(kernel_table()),
          sets_(phases <= kMostKeptPhases ? phases : 1) {}

    /// Taps on either side; tap j of a set belongs to the input sample base + 1 - half() + j.
    [[nodiscard]] std::size_t half() const { return half_; }

    /// Valid until the next call.
    [[nodiscard]] const std::vector<double>& weights(std::uint32_t phase) {
        std::vector<double>& set = sets_[sets_.size() == phases_ ? phase : 0];
        if (set.empty() || sets_.size() != phases_) {
            fill(set, static_cast<double>(phase) / phases_);
        }
        return set;
    }

private:
    /// `fraction` of an input sample after the base. The set is made to sum to 1, so that a
    /// constant stays one at every phase.
    void fill(std::vector<double>& set, double fraction) const {
        set.resize(2 * half_);
        double sum = 0.0;
        for (std::size_t j = 0; j < set.size(); ++j) {
            const double distance =
                static_cast<double>(j + 1) - static_cast<double>(half_) - fraction;
            set[j] = kernel(std::abs(distance));
            sum += set[j];
        }
        for (double& weight : set) {
            weight /= sum;
        }
    }

    [[nodiscard]] double kernel(double distance) const {
        const double place = std::min(distance * scale_, double{kCrossings}) * kSteps;
        const auto index = static_cast<std::size_t>(place);
        const double part = place - static_cast<double>(index);
        return table_[index] + part * (table_[index + 1] - table_[index]);
    }

    double scale_;  // crossings of the filter for each input sample
    std::size_t half_;
    std::uint32_t phases_;
    std::vector<double> table_;
    std::vector<std::vector<double>> sets_;
};

/// The sum of weight times sample over the taps that lie within the input.
float filtered(const std::vector<float>& samples,
               std::size_t base,
               std::size_t half,
               const std::vector<double>& weights) {
    const std::size_t first_tap = base + 1 < half ? half - base - 1 : 0;
    const std::size_t first = base + 1 + first_tap - half;
    const std::size_t taps =
        std::min(weights.size() - first_tap, samples.size() - std::min(first, samples.size()));
    double sum = 0.0;
    for (std::size_t j = 0; j < taps; ++j) {
        sum += weights[first_tap + j] * static_cast<double>(samples[first + j]);
    }
    return static_cast<float>(sum);
}

bool is_in_range(std::uint32_t rate) {
    return rate >= kLeastRate && rate <= kMostRate;
}

}  // namespace

Outcome<std::vector<float>> resample(std::vector<float> samples, Rates rates) {
    if (!is_in_range(rates.from) || !is_in_range(rates.to)) {
        return unsupported("the sample rate is " +
                               std::to_string(is_in_range(rates.from) ? rates.to : rates.from) +
                               " Hz",
                           "1000 to 768000 Hz");
    }
    if (rates.from == rates.to) {
        return samples;
    }
    const std::uint32_t common = std::gcd(rates.from, rates.to);
    const std::uint64_t step =
        rates.from / common;  // an output sample is step / phases input samples on
    const std::uint32_t phases = rates.to / common;
    FilterBank bank(rates, phases);
    std::vector<float> output((samples.size() * phases + step - 1) / step);
    for (std::size_t k = 0; k < output.size(); ++k) {
        const auto phase = static_cast<std::uint32_t>(k * step % phases);
        output[k] = filtered(samples, k * step / phases, bank.half(), bank.weights(phase));
    }
    return output;
}

}  // namespace verge::wav
