#pragma once
// fully_connected for Cortex-M4, M7 and M33: four outputs at a time share what they read of x.
// C++17.

#include <arm_acle.h>

#include <cstddef>
#include <cstdint>

#include "operators/dsp.hpp"
#include "operators/fully_connected/kernel_ref.hpp"

namespace verge::kernel::fully_connected_dsp {

using Data = fully_connected_ref::Data<std::int8_t, std::int8_t>;
using fully_connected_ref::Shape;

struct Sums {
    std::int32_t sum[4];
};

/// Four rows of weights, `stride` bytes apart, times `count` values of x. Not inlined: it needs
/// every register.
[[gnu::noinline]] static void dot_four(std::int32_t input_offset,
                                       const std::int8_t* x,
                                       const std::int8_t* w,
                                       std::size_t stride,
                                       Sums& sums) {
    const dsp::Pair offset = dsp::twice(input_offset);
    const std::int8_t* const end = x + stride;
    std::int32_t sum0 = 0;
    std::int32_t sum1 = 0;
    std::int32_t sum2 = 0;
    std::int32_t sum3 = 0;
    for (; end - x >= 4; x += 4) {
        const std::int32_t x_four = dsp::load_four(x);
        const dsp::Pair even = dsp::even_plus(offset, x_four);
        const dsp::Pair odd = dsp::odd_plus(offset, x_four);
        const std::int32_t w0 = dsp::load_four(w);
        sum0 = __smlad(odd, dsp::odd(w0), __smlad(even, dsp::even(w0), sum0));
        const std::int32_t w1 = dsp::load_four(w + stride);
        sum1 = __smlad(odd, dsp::odd(w1), __smlad(even, dsp::even(w1), sum1));
        const std::int32_t w2 = dsp::load_four(w + 2 * stride);
        sum2 = __smlad(odd, dsp::odd(w2), __smlad(even, dsp::even(w2), sum2));
        const std::int32_t w3 = dsp::load_four(w + 3 * stride);
        sum3 = __smlad(odd, dsp::odd(w3), __smlad(even, dsp::even(w3), sum3));
        w += 4;
    }
    for (; x != end; ++x) {
        const std::int32_t value = *x + input_offset;
        sum0 = wrapping_add(sum0, value * w[0]);
        sum1 = wrapping_add(sum1, value * w[stride]);
        sum2 = wrapping_add(sum2, value * w[2 * stride]);
        sum3 = wrapping_add(sum3, value * w[3 * stride]);
        ++w;
    }
    sums = {{sum0, sum1, sum2, sum3}};
}

/// Tiles [first, last): blocks of outputs, row after row. weight_offset 0, offset of x within
/// [-128, 128].
static inline void run_blocks(const FullyConnected& a,
                              const Shape& s,
                              const Data& d,
                              std::uint32_t first,
                              std::uint32_t last) {
    using namespace fully_connected_ref;
    const std::uint32_t blocks = (s.outputs - 1U) / kFullyConnectedBlock + 1U;
    for (std::uint32_t tile = first; tile < last; ++tile) {
        const std::size_t row = tile / blocks;
        const std::uint32_t begin = tile % blocks * kFullyConnectedBlock;
        const std::uint32_t left = s.outputs - begin;
        const std::uint32_t end =
            left < kFullyConnectedBlock ? s.outputs : begin + kFullyConnectedBlock;
        const std::int8_t* x = d.x + row * s.inputs;
        std::int8_t* y = d.y + row * s.outputs;
        std::uint32_t o = begin;
        for (; o + 4 <= end; o += 4) {
            Sums sums{};
            dot_four(a.input_offset, x, d.weights + o * s.inputs, s.inputs, sums);
            for (std::uint32_t r = 0; r < 4; ++r) {
                y[o + r] =
                    Finish32::finish(a, s, d, static_cast<std::uint32_t>(sums.sum[r]), o + r);
            }
        }
        for (; o < end; ++o) {
            const auto sum = dot<std::uint32_t>(a, s.inputs, x, d.weights + o * s.inputs);
            y[o] = Finish32::finish(a, s, d, sum, o);
        }
    }
}

}  // namespace verge::kernel::fully_connected_dsp
