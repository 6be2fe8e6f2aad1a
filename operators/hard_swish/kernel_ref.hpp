#pragma once
// hard_swish, the truth. C++17.

#include <cstddef>

namespace verge::kernel::hard_swish_ref {

static inline void run(std::size_t count, const float* x, float* y) {
    for (std::size_t i = 0; i < count; ++i) {
        const float raised = x[i] + 3.0F;
        const float above = raised < 0.0F ? 0.0F : raised;
        y[i] = x[i] * (above > 6.0F ? 6.0F : above) / 6.0F;
    }
}

}  // namespace verge::kernel::hard_swish_ref
