#pragma once
// What every threshold of one word would have done on the same stream, and how sure a count of
// rare events is. Hosted.

#include <array>
#include <cstdint>
#include <vector>

#include "signal/smoothing.hpp"

namespace verge::spotter {

inline constexpr std::size_t kThresholds = 256;  // 1 to 255 are used

/// Counts, for each threshold, the decisions for one word, as signal::Smoother makes them when
/// there is no other word: with hysteresis and suppression.
class ThresholdSweep {
public:
    /// `usual`: its release over its threshold is kept for all thresholds.
    ThresholdSweep(signal::Trigger usual, std::uint32_t suppression_ms);

    /// A new recording: nothing is held or suppressed.
    void restart();

    /// The smoothed posterior of the word at this time of the recording.
    void push(std::uint8_t average, std::uint32_t time_ms);

    /// Decisions so far.
    [[nodiscard]] std::uint64_t decisions(std::uint8_t threshold) const {
        return counts_[threshold];
    }

    /// The release that goes with a threshold.
    [[nodiscard]] std::uint8_t release(std::uint8_t threshold) const;

private:
    struct Detector {
        std::uint32_t decided_ms;
        bool is_held;
        bool is_suppressed;
    };

    signal::Trigger usual_;
    std::uint32_t suppression_ms_;
    std::array<Detector, kThresholds> detectors_{};
    std::array<std::uint64_t, kThresholds> counts_{};
};

/// One choice of a threshold for a word.
struct Choice {
    std::uint8_t threshold = 0;
    std::uint64_t missed = 0;           // of the recordings with the word
    std::uint64_t false_accepts = 0;    // in all hours without it
    double false_accepts_per_hour = 0;  // as counted
    double false_accepts_at_most = 0;   // 95 % bound of the rate, one-sided (Poisson)
};

/// The mean of a Poisson process that shows `count` or fewer events with a probability of 5 %: with
/// 95 % confidence the true mean is not higher. 2.996 for no event.
[[nodiscard]] double poisson_upper_bound(std::uint64_t count);

/// All thresholds from 1 to 255. `peaks`: the highest average in each recording with the word.
[[nodiscard]] std::vector<Choice> choices(const ThresholdSweep& sweep,
                                          const std::vector<std::uint8_t>& peaks,
                                          double hours);

/// The lowest threshold whose counted rate is at most `per_hour`; 255 when none is.
[[nodiscard]] const Choice& choose(const std::vector<Choice>& all, double per_hour);

/// The rows that tell people something: where misses or false accepts change, thinned to at most
/// `most`; always with `chosen`.
[[nodiscard]] std::vector<Choice> rows_of(const std::vector<Choice>& all,
                                          const Choice& chosen,
                                          std::size_t most);

}  // namespace verge::spotter
