#pragma once
// From the posteriors of a classifier, frame by frame, to decisions: a moving average per class, a
// threshold, and a pause after each decision. Integers only, so that a host and a microcontroller
// decide alike.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace verge::signal {

inline constexpr std::size_t kMaxClasses = 16;

/// How decisions are made. Scores are posteriors in steps of 1/256: 0 is never, 255 is certain;
/// int8 posteriors (scale 1/256, zero point -128) count as value + 128.
struct SmoothingSettings {
    std::uint32_t suppression_ms;  // after a decision none is new for this long
    std::uint16_t quiet_classes;   // bit c: class c (silence, other words) is never decided for
    std::uint8_t classes;          // 1 to kMaxClasses
    std::uint8_t frames;           // averaged over, at least 1
    std::uint8_t minimum_frames;   // no decision before so many frames have come, 1 to `frames`
    std::uint8_t threshold;        // an average at least this high is a decision
    std::uint8_t release;  // a class decided for must fall below this to count anew, 1 to threshold
};

/// Whether every setting is in range; firmware asserts it when it is compiled.
[[nodiscard]] constexpr bool are_usable(const SmoothingSettings& settings) {
    return settings.classes >= 1 && settings.classes <= kMaxClasses &&
           settings.minimum_frames >= 1 && settings.minimum_frames <= settings.frames &&
           settings.release >= 1 && settings.release <= settings.threshold;
}

/// How many bytes of history a Smoother needs.
[[nodiscard]] constexpr std::size_t history_bytes(const SmoothingSettings& settings) {
    return std::size_t{settings.classes} * settings.frames;
}

/// The class with the highest average now (ties: the lower index), its average rounded down, and
/// whether it is a new decision. A decision is new when the class is not quiet, its average has
/// reached the threshold, the suppression of the last one is over, and, for the class decided for
/// last, its average has been below `release` since.
struct Decision {
    std::uint32_t time_ms;
    std::uint8_t label;
    std::uint8_t score;
    bool is_new;
};

/// One stream of posteriors. Plain data in the caller's memory; the history lies beside it and must
/// outlive it.
class Smoother {
public:
    /// Takes the settings and forgets all frames. Preconditions: are_usable(settings), and
    /// history.size() >= history_bytes(settings).
    void reset(const SmoothingSettings& settings, std::span<std::uint8_t> history) noexcept;

    /// One frame of `classes` posteriors at time_ms on the stream's clock, which may wrap around.
    Decision push(std::span<const std::int8_t> posteriors, std::uint32_t time_ms) noexcept;
    Decision push(std::span<const std::uint8_t> posteriors, std::uint32_t time_ms) noexcept;

    /// The average of class `label` in steps of 1/256, rounded down; 0 before the first frame.
    [[nodiscard]] std::uint8_t average(std::size_t label) const noexcept;

private:
    void replace_oldest(std::size_t label, std::uint8_t score) noexcept;
    Decision finish_frame(std::uint32_t time_ms) noexcept;
    [[nodiscard]] std::uint8_t strongest() const noexcept;
    [[nodiscard]] bool is_new(std::uint8_t label,
                              std::uint8_t score,
                              std::uint32_t time_ms) noexcept;

    SmoothingSettings settings_;
    std::uint8_t* history_;
    std::array<std::uint16_t, kMaxClasses> sums_;
    std::uint32_t decided_ms_;
    std::uint8_t filled_;
    std::uint8_t next_;
    std::uint8_t held_;  // the class decided for last and not yet released, or kMaxClasses
    bool suppressed_;
};

static_assert(sizeof(Smoother) <= 64);

}  // namespace verge::signal
