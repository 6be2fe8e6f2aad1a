#pragma once
// arg_max, the truth. Portable C++17.

#include <cstddef>
#include <cstdint>

namespace verge::kernel::arg_max_ref {

/// The first index of the largest (or smallest) of `count` elements that lie `step` apart. NaN is
/// never chosen unless it stands first, and then nothing beats it.
template <typename T>
static inline std::uint32_t arg_max(const T* x,
                                    std::uint32_t count,
                                    std::size_t step,
                                    bool is_minimum) {
    std::uint32_t best = 0;
    for (std::uint32_t i = 1; i < count; ++i) {
        const T found = x[i * step];
        const T so_far = x[best * step];
        if (is_minimum ? found < so_far : found > so_far) {
            best = i;
        }
    }
    return best;
}

}  // namespace verge::kernel::arg_max_ref
