#pragma once
// logistic of int16, the truth: a table of logistic(i / 24), interpolated, as TensorFlow Lite
// Micro computes it. C++17.

#include <cstddef>
#include <cstdint>

#include "base/float_functions.hpp"
#include "operators/logistic/op.hpp"

namespace verge::kernel::logistic_ref {

static inline void run(const Logistic& a,
                       const std::uint16_t* table,
                       std::size_t count,
                       const std::int16_t* x,
                       std::int16_t* y) {
    const std::int32_t half = a.input_shift > 0 ? std::int32_t{1} << (a.input_shift - 1) : 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::int32_t at = (x[i] * a.input_multiplier + half) >> a.input_shift;
        const auto size = static_cast<std::uint32_t>(at < 0 ? -at : at);
        const std::uint32_t step = size >> 9U;
        std::uint32_t result = std::uint32_t{0x7fff} << 10U;
        if (step < 255) {
            const std::uint32_t slope = std::uint32_t{table[step + 1]} - table[step];
            result = (std::uint32_t{table[step]} << 9U) + (size & 0x1ffU) * slope;
        }
        const std::uint32_t rounded =
            at >= 0 ? result + 512U : (std::uint32_t{1} << 25U) - result + 511U;
        y[i] = static_cast<std::int16_t>(rounded >> 10U);
    }
}

}  // namespace verge::kernel::logistic_ref
