#pragma once
// From the posteriors of a classifier, frame by frame, to decisions: a moving average and a
// threshold with hysteresis per class, and a pause after each decision. Integers only, so that a
// host and a microcontroller decide alike.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace verge::signal {

inline constexpr std::size_t kMaxClasses = 16;

/// When a class is decided for, and when it may be anew. 0 < release <= threshold.
struct Trigger {
    std::uint8_t threshold;  // an average at least this high is a decision
    std::uint8_t release;    // once decided for, it must fall below this to count anew

    bool operator==(const Trigger&) const = default;
};

using Triggers = std::array<Trigger, kMaxClasses>;

/// The same trigger for every class.
[[nodiscard]] constexpr Triggers same_for_all(Trigger trigger) {
    Triggers triggers{};
    triggers.fill(trigger);
    return triggers;
}

/// How decisions are made. Scores are posteriors in steps of 1/256: 0 is never, 255 is certain;
/// int8 posteriors (scale 1/256, zero point -128) count as value + 128.
struct SmoothingSettings {
    std::uint32_t suppression_ms;  // after a decision none is new for this long
    std::uint16_t quiet_classes;   // bit c: class c (silence, other words) is never decided for
    std::uint8_t classes;          // 1 to kMaxClasses
    std::uint8_t frames;           // averaged over, at least 1
    std::uint8_t minimum_frames;   // no decision before so many frames have come, 1 to `frames`
    Triggers triggers;             // by class; those of quiet classes count for nothing
};

/// Whether every setting is in range; firmware asserts it when it is compiled.
[[nodiscard]] constexpr bool are_usable(const SmoothingSettings& settings) {
    for (std::size_t label = 0; label < settings.classes && label < kMaxClasses; ++label) {
        const Trigger& trigger = settings.triggers[label];
        if (trigger.release < 1 || trigger.release > trigger.threshold) {
            return false;
        }
    }
    return settings.classes >= 1 && settings.classes <= kMaxClasses &&
           settings.minimum_frames >= 1 && settings.minimum_frames <= settings.frames;
}

/// How many bytes of history a Smoother needs.
[[nodiscard]] constexpr std::size_t history_bytes(const SmoothingSettings& settings) {
    return std::size_t{settings.classes} * settings.frames;
}

/// A new decision, or the class with the highest average now; with its average rounded down. A
/// class is decided for when it is not quiet, its average has reached its threshold, the
/// suppression of the last decision is over, and, for the class decided for last, its average has
/// been below its release since; of several such classes the one with the highest average (ties:
/// the lower index).
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

    /// A frame for which no classifier ran: 0 for every class.
    Decision push_nothing(std::uint32_t time_ms) noexcept;

    /// The average of class `label` in steps of 1/256, rounded down; 0 before the first frame.
    [[nodiscard]] std::uint8_t average(std::size_t label) const noexcept;

private:
    void replace_oldest(std::size_t label, std::uint8_t score) noexcept;
    Decision finish_frame(std::uint32_t time_ms) noexcept;
    [[nodiscard]] bool may_decide_for(std::size_t label) const noexcept;

    SmoothingSettings settings_;
    std::uint8_t* history_;
    std::array<std::uint16_t, kMaxClasses> sums_;
    std::uint32_t decided_ms_;
    std::uint8_t filled_;
    std::uint8_t next_;
    std::uint8_t held_;  // the class decided for last and not yet released, or kMaxClasses
    bool suppressed_;
};

static_assert(sizeof(Smoother) <= 96);

}  // namespace verge::signal
