#pragma once
// leaky_relu, the truth: TensorFlow Lite Micro's rounding. C++17.

#include <cstddef>
#include <cstdint>

#include "base/fixed_point.hpp"
#include "operators/leaky_relu/op.hpp"

namespace verge::kernel::leaky_relu_ref {

static inline void run_float(float alpha, std::size_t count, const float* x, float* y) {
    for (std::size_t i = 0; i < count; ++i) {
        y[i] = x[i] > 0 ? x[i] : x[i] * alpha;
    }
}

static inline void run_s16(const LeakyRelu& a,
                           std::size_t count,
                           const std::int16_t* x,
                           std::int16_t* y) {
    const bool is_negative = a.alpha_multiplier < 0;
    const std::int32_t size = is_negative ? -a.alpha_multiplier : a.alpha_multiplier;
    for (std::size_t i = 0; i < count; ++i) {
        const std::int32_t value = x[i] + a.input_offset;
        std::int32_t scaled = 0;
        if (value >= 0) {
            scaled = multiply(value, a.multiplier, a.shift);
        } else {
            const std::uint32_t product =
                static_cast<std::uint32_t>(multiply(value, size, a.alpha_shift));
            scaled = static_cast<std::int32_t>(is_negative ? 0U - product : product);
        }
        y[i] =
            static_cast<std::int16_t>(clamp(wrapping_add(scaled, a.output_offset), -32768, 32767));
    }
}

}  // namespace verge::kernel::leaky_relu_ref
