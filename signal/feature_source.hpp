#pragma once
// A front end as a table of functions, so that one loop drives any of them; a firmware that names
// one table links that front end alone.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "signal/sample_window.hpp"

namespace verge::signal {

inline constexpr std::size_t kMaxFeatures = 40;

/// One frame. What a value means is the front end's: FeatureSource::unit. `peak` is the largest
/// sample of the frame's window, for front ends whose models were trained on clips scaled to their
/// peak; others leave 0.
struct FeatureVector {
    std::array<std::int16_t, kMaxFeatures> values;
    std::int16_t peak;
};

/// The way from a feature to a model's int8 input:
/// (value * multiplier + 2^(shift - 1)) >> shift, plus zero_point, limited to int8.
struct FeatureScale {
    std::int32_t multiplier;
    std::uint8_t shift;  // 1 to 31
    std::int8_t zero_point;
};

[[nodiscard]] std::int8_t quantise(std::int32_t value, const FeatureScale& scale) noexcept;

/// State and scratch are the caller's: that many bytes, aligned to 8. The state belongs to one
/// stream; scratch is needed only while push() runs.
struct FeatureSource {
    std::uint16_t window_samples;
    std::uint16_t hop_samples;
    std::uint16_t features;  // of a frame, at most kMaxFeatures
    std::uint32_t state_bytes;
    std::uint32_t scratch_bytes;
    float unit;          // what a step of a value is worth as the model's real input
    FeatureScale fixed;  // for all models of this front end; multiplier 0: by each model's scale
    void (*reset)(std::byte* state) noexcept;
    /// Takes samples until a frame is complete or `pcm` is used up; writes `frame` only then.
    Taken (*push)(std::byte* state,
                  std::span<const std::int16_t> pcm,
                  std::byte* scratch,
                  FeatureVector& frame) noexcept;
    /// What feature 0 of a frame is when the loudest sample of all its window's frames is `peak`;
    /// null: features do not depend on it.
    std::int16_t (*normalise)(std::int16_t feature0, std::int16_t peak) noexcept;
};

namespace detail {

template <typename State>
void reset_state(std::byte* state) noexcept {
    reinterpret_cast<State*>(state)->reset();
}

template <typename State, typename Scratch>
Taken push_samples(std::byte* state,
                   std::span<const std::int16_t> pcm,
                   std::byte* scratch,
                   FeatureVector& frame) noexcept {
    return reinterpret_cast<State*>(state)->push(pcm, *reinterpret_cast<Scratch*>(scratch), frame);
}

}  // namespace detail

}  // namespace verge::signal
