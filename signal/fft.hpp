#pragma once
// The fixed-point Fourier transform of int16 samples, complex and real, for lengths that are powers
// of two. Radix 4 with one radix-2 stage where the length asks for it; each stage divides by its
// radix, so the result is the transform divided by its length. Bit-exact with kissfft
// (FIXED_POINT=16), which is what the operator SignalRfft runs.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "signal/constant_math.hpp"

namespace verge::signal {

struct ComplexI16 {
    std::int16_t real;
    std::int16_t imag;
};

struct ComplexI32 {
    std::int32_t real;
    std::int32_t imag;
};

static_assert(sizeof(ComplexI16) == 4 && sizeof(ComplexI32) == 8);

/// x * factor / 2^15 to the nearest, halves up, without a 64-bit product, which a Cortex-M0 lacks.
/// Precondition: |factor| <= 2^15.
[[nodiscard]] constexpr std::int32_t scale_q15(std::int32_t x, std::int32_t factor) {
    return (x >> 15) * factor + (((x & 0x7fff) * factor + (1 << 14)) >> 15);
}

/// A quarter of a sine wave, both ends included: round(32767 sin(2 pi i / Length)), i = 0 ..
/// Length/4. One table serves every transform whose length divides `Length`.
template <std::size_t Length>
consteval std::array<std::int16_t, Length / 4 + 1> quarter_sine() {
    static_assert(Length >= 4 && (Length & (Length - 1)) == 0);
    std::array<std::int16_t, Length / 4 + 1> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double s = constant::sine(2 * constant::kPi * static_cast<double>(i) / Length);
        table[i] = static_cast<std::int16_t>(constant::nearest(32767 * s));
    }
    return table;
}

template <std::size_t Length>
inline constexpr auto kQuarterSine = quarter_sine<Length>();

/// output[k] = 1/n sum over j of input[j] exp(-2 pi i j k / n), n = output.size() a power of two, 2
/// <= n. input.size() <= n, missing samples count as zero. `sine` is a quarter_sine of a multiple
/// of n, and of at least 4. input and output must not overlap.
void fft(std::span<const ComplexI16> input,
         std::span<const std::int16_t> sine,
         std::span<ComplexI16> output) noexcept;

/// The first n/2 + 1 values of the transform of n real samples, divided by n; n = 2 *
/// (output.size() - 1), a power of two, 4 <= n. The operator SignalRfft for `T` = int16 and
/// `fft_length` = n: input.size() <= n, missing samples count as zero. `sine` is a quarter_sine of
/// a multiple of n. No overlap, no scratch.
void rfft(std::span<const std::int16_t> input,
          std::span<const std::int16_t> sine,
          std::span<ComplexI16> output) noexcept;

/// The transform of n = 2 * pairs real samples in 32 bits, for front ends that take logarithms of
/// weak lines: not divided by n, and no bits are lost but those below the last one. In two steps:
/// the caller puts samples 2 s and 2 s + 1, s = rfft_source(i, pairs), at spectrum[i] for i =
/// 0..pairs - 1, and rfft_placed() leaves the first pairs + 1 lines. pairs is a power of two, at
/// least 2. Precondition: the magnitudes of all samples add up to less than 2^29.
[[nodiscard]] std::uint32_t rfft_source(std::uint32_t place, std::uint32_t pairs) noexcept;
void rfft_placed(std::span<ComplexI32> spectrum, std::span<const std::int16_t> sine) noexcept;

/// Shifts the samples left until the largest magnitude fills 15 bits; returns by how many bits (0
/// to 15). The operator SignalFftAutoScale. input and output may be the same memory and have the
/// same size.
int auto_scale(std::span<const std::int16_t> input, std::span<std::int16_t> output) noexcept;

}  // namespace verge::signal
