// The fixed-point Fourier transform: reorder, then butterflies from the smallest stage to the
// largest. One text for two kinds of numbers: the 16-bit one rounds in kissfft's order (sums are
// taken in 32 bits and cut to 16, which wraps as its int16 do), the 32-bit one rounds products
// alone.

#include "signal/fft.hpp"

#include <bit>

namespace verge::signal {
namespace {

using Wide = ComplexI32;

std::int16_t low16(std::int32_t x) {
    return static_cast<std::int16_t>(x);
}

std::int32_t round_q15(std::int32_t x) {
    return (x + (1 << 14)) >> 15;
}

/// kissfft's: a value is divided by the radix before each stage.
struct Narrow {
    using Value = ComplexI16;

    static Value narrow(std::int32_t real, std::int32_t imag) { return {low16(real), low16(imag)}; }

    /// x / divisor as a multiplication by the rounded-down Q15 of 1/divisor.
    template <int divisor>
    static Wide divided(Value x) {
        constexpr std::int32_t kFactor = INT16_MAX / divisor;
        return {round_q15(x.real * kFactor), round_q15(x.imag * kFactor)};
    }

    static Wide product(Wide a, ComplexI16 b) {
        return {low16(round_q15(a.real * b.real - a.imag * b.imag)),
                low16(round_q15(a.real * b.imag + a.imag * b.real))};
    }
};

/// Nothing is divided: the caller leaves room for the sums.
struct Broad {
    using Value = ComplexI32;

    static Value narrow(std::int32_t real, std::int32_t imag) { return {real, imag}; }

    template <int divisor>
    static Wide divided(Value x) {
        return x;
    }

    static Wide product(Wide a, ComplexI16 b) {
        const std::int32_t real = full(b.real);
        const std::int32_t imag = full(b.imag);
        return {scale_q15(a.real, real) - scale_q15(a.imag, imag),
                scale_q15(a.real, imag) + scale_q15(a.imag, real)};
    }

private:
    /// The table's 32767 is one: in 32 bits there is room for 32768.
    static std::int32_t full(std::int32_t x) { return x + ((x + (1 << 14)) >> 15); }
};

/// exp(-2 pi i k / n) for any n that divides the table's length, from a quarter of a sine.
class Twiddles {
public:
    Twiddles(std::span<const std::int16_t> sine, std::uint32_t length)
        : sine_(sine.data()),
          quarter_(static_cast<std::uint32_t>(sine.size()) - 1),
          quarter_bits_(static_cast<std::uint32_t>(std::countr_zero(quarter_))),
          step_bits_(quarter_bits_ + 2 - static_cast<std::uint32_t>(std::countr_zero(length))) {}

    [[nodiscard]] ComplexI16 operator()(std::uint32_t k) const {
        const std::uint32_t at = k << step_bits_;
        const std::uint32_t rest = at & (quarter_ - 1);
        const std::int16_t rising = sine_[rest];
        const std::int16_t falling = sine_[quarter_ - rest];
        switch ((at >> quarter_bits_) & 3) {
            case 0:
                return Narrow::narrow(falling, -rising);
            case 1:
                return Narrow::narrow(-rising, -falling);
            case 2:
                return Narrow::narrow(-falling, rising);
            default:
                return Narrow::narrow(rising, falling);
        }
    }

private:
    const std::int16_t* sine_;
    std::uint32_t quarter_;
    std::uint32_t quarter_bits_;
    std::uint32_t step_bits_;
};

/// Which input sample stands at place `i` before the first stage: the radix digits of i in reverse.
/// The largest stage has radix 4; a radix-2 stage, if any, is the smallest.
std::uint32_t source_of(std::uint32_t i, std::uint32_t bits) {
    std::uint32_t source = 0;
    std::uint32_t placed = 0;
    while (bits > 0) {
        const std::uint32_t width = bits >= 2 ? 2 : 1;
        bits -= width;
        source |= ((i >> bits) & ((1U << width) - 1)) << placed;
        placed += width;
    }
    return source;
}

/// Neighbours a and b: a becomes a + b, b becomes a - b.
template <typename A>
void butterfly2(typename A::Value* x, ComplexI16 one) {
    const Wide a = A::template divided<2>(x[0]);
    const Wide b = A::product(A::template divided<2>(x[1]), one);
    x[0] = A::narrow(a.real + b.real, a.imag + b.imag);
    x[1] = A::narrow(a.real - b.real, a.imag - b.imag);
}

/// Four values that lie m apart. twiddle[j] turns value j + 1.
template <typename A>
void butterfly4(typename A::Value* x, std::uint32_t m, const ComplexI16 (&twiddle)[3]) {
    const Wide a = A::template divided<4>(x[0]);
    const Wide b = A::product(A::template divided<4>(x[m]), twiddle[0]);
    const Wide c = A::product(A::template divided<4>(x[2 * m]), twiddle[1]);
    const Wide d = A::product(A::template divided<4>(x[3 * m]), twiddle[2]);
    const Wide sum = {a.real + c.real, a.imag + c.imag};
    const Wide difference = {a.real - c.real, a.imag - c.imag};
    const Wide odd_sum = {b.real + d.real, b.imag + d.imag};
    const Wide odd_difference = {b.real - d.real, b.imag - d.imag};
    x[0] = A::narrow(sum.real + odd_sum.real, sum.imag + odd_sum.imag);
    x[m] = A::narrow(difference.real + odd_difference.imag, difference.imag - odd_difference.real);
    x[2 * m] = A::narrow(sum.real - odd_sum.real, sum.imag - odd_sum.imag);
    x[3 * m] =
        A::narrow(difference.real - odd_difference.imag, difference.imag + odd_difference.real);
}

/// Runs all stages over n values in reordered sequence.
template <typename A>
void stages(typename A::Value* x, std::uint32_t n, const Twiddles& twiddles) {
    std::uint32_t m = 1;
    if (std::countr_zero(n) % 2 == 1) {
        for (std::uint32_t i = 0; i < n; i += 2) {
            butterfly2<A>(x + i, twiddles(0));
        }
        m = 2;
    }
    for (; m < n; m *= 4) {
        const std::uint32_t stride = n / (4 * m);
        for (std::uint32_t k = 0; k < m; ++k) {
            const ComplexI16 turn[3] = {twiddles(k * stride), twiddles(2 * k * stride),
                                        twiddles(3 * k * stride)};
            for (std::uint32_t i = k; i < n; i += 4 * m) {
                butterfly4<A>(x + i, m, turn);
            }
        }
    }
}

/// Untangles the transform of n complex values into that of 2n real ones; x has n + 1 values.
template <typename A>
void untangle(typename A::Value* x, std::uint32_t n, const Twiddles& twiddles) {
    const Wide first = A::template divided<2>(x[0]);
    x[0] = A::narrow(first.real + first.imag, 0);
    x[n] = A::narrow(first.real - first.imag, 0);
    for (std::uint32_t k = 1; k <= n / 2; ++k) {
        const Wide low = A::template divided<2>(x[k]);
        const Wide high = A::template divided<2>(A::narrow(x[n - k].real, -x[n - k].imag));
        const auto even = A::narrow(low.real + high.real, low.imag + high.imag);
        const auto odd = A::narrow(low.real - high.real, low.imag - high.imag);
        const Wide turned = A::product(Wide{odd.real, odd.imag}, twiddles(k + n / 2));
        x[k] = A::narrow((even.real + turned.real) >> 1, (even.imag + turned.imag) >> 1);
        x[n - k] = A::narrow((even.real - turned.real) >> 1, (turned.imag - even.imag) >> 1);
    }
}

}  // namespace

void fft(std::span<const ComplexI16> input,
         std::span<const std::int16_t> sine,
         std::span<ComplexI16> output) noexcept {
    const auto n = static_cast<std::uint32_t>(output.size());
    const auto bits = static_cast<std::uint32_t>(std::countr_zero(n));
    for (std::uint32_t i = 0; i < n; ++i) {
        const std::uint32_t source = source_of(i, bits);
        output[i] = source < input.size() ? input[source] : ComplexI16{0, 0};
    }
    stages<Narrow>(output.data(), n, Twiddles(sine, n));
}

void rfft(std::span<const std::int16_t> input,
          std::span<const std::int16_t> sine,
          std::span<ComplexI16> output) noexcept {
    const auto n = static_cast<std::uint32_t>(output.size()) - 1;
    const auto bits = static_cast<std::uint32_t>(std::countr_zero(n));
    const auto sample = [&](std::uint32_t at) {
        return at < input.size() ? input[at] : std::int16_t{0};
    };
    for (std::uint32_t i = 0; i < n; ++i) {
        const std::uint32_t source = 2 * source_of(i, bits);
        output[i] = {sample(source), sample(source + 1)};
    }
    stages<Narrow>(output.data(), n, Twiddles(sine, n));
    untangle<Narrow>(output.data(), n, Twiddles(sine, 2 * n));
}

std::uint32_t rfft_source(std::uint32_t place, std::uint32_t pairs) noexcept {
    return source_of(place, static_cast<std::uint32_t>(std::countr_zero(pairs)));
}

void rfft_placed(std::span<ComplexI32> spectrum, std::span<const std::int16_t> sine) noexcept {
    const auto n = static_cast<std::uint32_t>(spectrum.size()) - 1;
    stages<Broad>(spectrum.data(), n, Twiddles(sine, n));
    untangle<Broad>(spectrum.data(), n, Twiddles(sine, 2 * n));
}

int auto_scale(std::span<const std::int16_t> input, std::span<std::int16_t> output) noexcept {
    // The largest magnitude is kept in 16 bits, as in the reference: -32768 becomes its own
    // negative there, and the samples after it decide. The bits are the same even for this.
    std::int16_t largest = 0;
    for (const std::int16_t value : input) {
        if (value > largest) {
            largest = value;
        } else if (-value > largest) {
            largest = low16(-value);
        }
    }
    const auto used = static_cast<int>(std::bit_width(static_cast<std::uint32_t>(largest)));
    const int shift = largest > 0 ? 15 - used : 0;
    for (std::size_t i = 0; i < input.size(); ++i) {
        output[i] = low16(input[i] * (1 << shift));
    }
    return shift;
}

}  // namespace verge::signal
