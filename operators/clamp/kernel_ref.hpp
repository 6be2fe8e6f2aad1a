#pragma once
// clamp, the truth. C++17.

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "base/fixed_point.hpp"
#include "operators/clamp/op.hpp"

namespace verge::kernel::clamp_ref {

template <typename T>
static inline void run(const Clamp& a, std::size_t count, const T* x, T* y) {
    for (std::size_t i = 0; i < count; ++i) {
        if constexpr (std::is_floating_point_v<T>) {
            const T below = x[i] > a.float_max ? a.float_max : x[i];
            y[i] = below < a.float_min ? a.float_min : below;
        } else {
            const std::int32_t scaled = multiply(x[i] + a.input_offset, a.multiplier, a.shift);
            y[i] = static_cast<T>(
                clamp(wrapping_add(scaled, a.output_offset), a.clamp_min, a.clamp_max));
        }
    }
}

}  // namespace verge::kernel::clamp_ref
