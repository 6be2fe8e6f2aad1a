#pragma once
// Deterministic signals and a hash: what tests on every machine, and make_goldens.py, agree on.

#include <cstddef>
#include <cstdint>
#include <span>

namespace verge::signal {

/// 16 pseudo-random bits at a time: the upper half of a linear congruential generator.
class Noise {
public:
    explicit constexpr Noise(std::uint32_t seed) : state_(seed) {}

    constexpr std::uint32_t next() {
        state_ = state_ * 1664525U + 1013904223U;
        return state_ >> 16;
    }

    constexpr std::int16_t next_sample() { return static_cast<std::int16_t>(next()); }

private:
    std::uint32_t state_;
};

/// FNV-1a, 32 bits, over the values as little-endian bytes. Chain calls by passing the last result.
template <typename T>
constexpr std::uint32_t fnv1a(std::span<const T> values, std::uint32_t hash = 0x811C9DC5U) {
    for (const T value : values) {
        for (std::size_t byte = 0; byte < sizeof(T); ++byte) {
            const auto bits = static_cast<std::uint64_t>(value) >> (8 * byte);
            hash = (hash ^ static_cast<std::uint32_t>(bits & 0xFF)) * 0x01000193U;
        }
    }
    return hash;
}

/// A chirp of triangles that grows louder, in noise, with a full-scale negative click every 1000
/// samples.
constexpr void fill_chirp(std::span<std::int16_t> samples) {
    Noise noise(1);
    std::int32_t phase = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const auto at = static_cast<std::int32_t>(i);
        phase = (phase + 400 + at / 2) & 0xFFFF;
        const std::int32_t triangle = (phase < 32768 ? phase : 65535 - phase) - 16384;
        const std::int32_t hiss = (static_cast<std::int32_t>(noise.next()) - 32768) >> 6;
        const std::int32_t value = ((triangle * at) >> 14) + hiss;
        samples[i] = static_cast<std::int16_t>(value > 32767    ? 32767
                                               : value < -32768 ? -32768
                                                                : value);
        if (i % 1000 == 999) {
            samples[i] = -32768;
        }
    }
}

}  // namespace verge::signal
