#pragma once
// tanh of int16, the truth: 2 logistic(2x) - 1 from a table of logistic(i / 24), interpolated, as
// TensorFlow Lite Micro computes it. C++17.

#include <cstddef>
#include <cstdint>

#include "base/float_functions.hpp"
#include "operators/tanh/op.hpp"

namespace verge::kernel::tanh_ref {

static inline void run(const Tanh& a,
                       const std::uint16_t* table,
                       std::size_t count,
                       const std::int16_t* x,
                       std::int16_t* y) {
    const std::int32_t half = a.input_shift > 0 ? std::int32_t{1} << (a.input_shift - 1) : 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::int32_t at = (x[i] * a.input_multiplier + half) >> a.input_shift;
        const auto size = static_cast<std::uint32_t>(at < 0 ? -at : at);
        const std::uint32_t step = size >> 8U;
        std::uint32_t sum = std::uint32_t{0xffff} << 8U;
        if (step < 255) {
            const std::uint32_t slope = std::uint32_t{table[step + 1]} - table[step];
            sum = (std::uint32_t{table[step]} << 8U) + (size & 0xffU) * slope;
        }
        const std::int32_t above =
            static_cast<std::int32_t>(sum & 0x1ffffffU) - (std::int32_t{1} << 23);
        const std::int32_t rounded = at >= 0 ? above + 128 : 127 - above;
        y[i] = static_cast<std::int16_t>(rounded >> 8);
    }
}

}  // namespace verge::kernel::tanh_ref
