#pragma once
// conv2d for Cortex-M4, M7 and M33: gathers the windows of two pixels as int16, then multiplies and
// adds pairs (SMLAD), two channels by two pixels at a time. The inner loop is placed by hand: 16
// products take 15 instructions and a half of a loop's two. C++17.

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/fixed_point.hpp"
#include "operators/conv2d/gather.hpp"
#include "operators/conv2d/layout.hpp"
#include "operators/dsp.hpp"

namespace verge::kernel::conv2d_dsp {

using conv2d_gather::Geometry;

/// Sums of two channels (a, b) for two pixels (0, 1).
struct Sums {
    std::int32_t a0;
    std::int32_t a1;
    std::int32_t b0;
    std::int32_t b1;
};

/// Appends int8 values as int16 to one of two patches that alternate every four values.
struct Widen {
    std::int16_t* to;  // where the four that `at` is in begins
    std::uint32_t at;  // within the four
    std::int16_t padding;

    void put(std::int32_t value) {
        to[at] = static_cast<std::int16_t>(value);
        if (++at == 4) {
            at = 0;
            to += 8;
        }
    }

    void copy(const std::int8_t* from, std::uint32_t count) {
        const std::int8_t* const end = from + count;
        while (at != 0 && from != end) {
            put(*from++);
        }
        for (; end - from >= 4; from += 4) {
            const std::int32_t four = dsp::load_four(from);
            const auto even = static_cast<std::uint32_t>(dsp::even(four));
            const auto odd = static_cast<std::uint32_t>(dsp::odd(four));
            const std::uint32_t pairs[2] = {(even & 0xffffU) | odd << 16U,
                                            (odd & 0xffff0000U) | even >> 16U};
            std::memcpy(to, pairs, 8);
            to += 8;
        }
        while (from != end) {
            put(*from++);
        }
    }

    void pad(std::uint32_t count) {
        for (; count > 0; --count) {
            put(padding);
        }
    }
};

/// Adds `fours` times four products to each sum. Weights and patch lie on multiples of four.
static inline void multiply_add(const std::int8_t* weights,
                                const std::int16_t* patch,
                                std::uint32_t fours,
                                Sums& sums) {
    std::uint32_t wa = 0;
    std::uint32_t wb = 0;
    std::uint32_t wc = 0;
    std::uint32_t wd = 0;
    std::uint32_t xa = 0;
    std::uint32_t xb = 0;
#define VERGE_FOUR                         \
    "ldrd %[wa], %[wb], [%[w]], #8\n\t"    \
    "ldrd %[xa], %[xb], [%[x]], #8\n\t"    \
    "sxtb16 %[wc], %[wa]\n\t"              \
    "sxtb16 %[wa], %[wa], ror #8\n\t"      \
    "sxtb16 %[wd], %[wb]\n\t"              \
    "sxtb16 %[wb], %[wb], ror #8\n\t"      \
    "smlad %[a0], %[xa], %[wc], %[a0]\n\t" \
    "smlad %[b0], %[xa], %[wd], %[b0]\n\t" \
    "smlad %[a0], %[xb], %[wa], %[a0]\n\t" \
    "smlad %[b0], %[xb], %[wb], %[b0]\n\t" \
    "ldrd %[xa], %[xb], [%[x]], #8\n\t"    \
    "smlad %[a1], %[xa], %[wc], %[a1]\n\t" \
    "smlad %[b1], %[xa], %[wd], %[b1]\n\t" \
    "smlad %[a1], %[xb], %[wa], %[a1]\n\t" \
    "smlad %[b1], %[xb], %[wb], %[b1]\n\t"
    asm volatile(
        "lsrs %[n], %[n], #1\n\t"
        "bcc 1f\n\t" VERGE_FOUR
        "1:\n\t"
        "cbz %[n], 3f\n"
        "2:\n\t" VERGE_FOUR VERGE_FOUR
        "subs %[n], %[n], #1\n\t"
        "bne 2b\n"
        "3:\n\t"
        : [a0] "+r"(sums.a0), [a1] "+r"(sums.a1), [b0] "+r"(sums.b0), [b1] "+r"(sums.b1),
          [w] "+r"(weights), [x] "+r"(patch), [n] "+l"(fours), [wa] "=&r"(wa), [wb] "=&r"(wb),
          [wc] "=&r"(wc), [wd] "=&r"(wd), [xa] "=&r"(xa), [xb] "=&r"(xb)
        :
        : "cc", "memory");
#undef VERGE_FOUR
}

/// What the kernel reads besides the patch.
struct Constants {
    const std::int8_t* weights;
    const std::int32_t* bias;
    const std::int32_t* requant;  // multipliers, then shifts
};

/// How sums become outputs.
struct Store {
    std::int32_t offset;
    std::int32_t low;
    std::int32_t high;

    [[gnu::always_inline]] void put(std::int32_t value, std::int8_t* y) const {
        const std::int32_t above = value < low ? low : value;
        *y = static_cast<std::int8_t>(above > high ? high : above);
    }
};

/// (sum << left) * multiplier / 2^31, halves up, where |sum << left| is below 2^30.
[[gnu::always_inline]] static inline std::int32_t high_multiply(std::int32_t sum,
                                                                std::int32_t multiplier,
                                                                std::int32_t left) {
    const std::uint32_t doubled = static_cast<std::uint32_t>(sum) << (left + 1);
    std::int32_t high = 0;
    asm("smmulr %0, %1, %2" : "=r"(high) : "r"(doubled), "r"(multiplier));
    return high;
}

/// One channel of two pixels, as multiply() of base/fixed_point.hpp.
[[gnu::always_inline]] static inline void finish(const Store& store,
                                                 std::int32_t sum0,
                                                 std::int32_t sum1,
                                                 std::int32_t multiplier,
                                                 std::int32_t shift,
                                                 std::int8_t* y0,
                                                 std::int8_t* y1) {
    if (shift >= 0) {
        store.put(wrapping_add(high_multiply(sum0, multiplier, shift), store.offset), y0);
        store.put(wrapping_add(high_multiply(sum1, multiplier, shift), store.offset), y1);
        return;
    }
    const std::int32_t high0 = high_multiply(sum0, multiplier, 0);
    store.put(wrapping_add(dsp::shift_rounding(high0, shift), store.offset), y0);
    const std::int32_t high1 = high_multiply(sum1, multiplier, 0);
    store.put(wrapping_add(dsp::shift_rounding(high1, shift), store.offset), y1);
}

/// All channels of two pixels from their patches; y1 may be y0 when there is only one pixel.
static inline void run_pair(const Conv2D& a,
                            const Geometry& g,
                            const Constants& c,
                            const std::int16_t* patch,
                            std::int8_t* y0,
                            std::int8_t* y1) {
    const std::uint32_t fours = (g.depth + 3U) / 4U;
    const std::uint32_t padded = (g.out_c + 1U) & ~1U;
    const std::int8_t* weights = c.weights;
    const std::int32_t* bias = c.bias;
    const std::int32_t* requant = c.requant;
    const Store store{a.output_offset, a.clamp_min, a.clamp_max};
    const std::int8_t* const end = y0 + g.out_c;
    while (y0 != end) {
        Sums sums{bias[0], bias[0], bias[1], bias[1]};
        multiply_add(weights, patch, fours, sums);
        finish(store, sums.a0, sums.a1, requant[0], requant[padded], y0, y1);
        if (y0 + 1 == end) {
            return;
        }
        finish(store, sums.b0, sums.b1, requant[1], requant[padded + 1], y0 + 1, y1 + 1);
        weights += std::size_t{fours} * 8U;
        bias += 2;
        requant += 2;
        y0 += 2;
        y1 += 2;
    }
}

/// Tiles [first, last): pairs of pixels. All that a pair reads is gathered before it is written.
static inline void run_tiles(const Conv2D& a,
                             const Geometry& g,
                             const Constants& c,
                             const std::int8_t* x,
                             std::int8_t* y,
                             std::int16_t* patch,
                             std::uint32_t first,
                             std::uint32_t last) {
    const auto padding = static_cast<std::int16_t>(-a.input_offset);
    for (std::uint32_t tile = first; tile < last; ++tile) {
        const std::uint32_t pixel = 2 * tile;
        const std::uint32_t second = pixel + 1 < g.pixels ? pixel + 1 : pixel;
        for (std::uint32_t p = 0; p < 2; ++p) {
            Widen sink{patch + 4 * p, 0, padding};
            conv2d_gather::gather_pixel(a, g, x, p == 0 ? pixel : second, sink);
            while (sink.at != 0) {
                sink.put(0);
            }
        }
        run_pair(a, g, c, patch, conv2d_gather::output_pixel(g, y, pixel),
                 conv2d_gather::output_pixel(g, y, second));
    }
}

}  // namespace verge::kernel::conv2d_dsp
