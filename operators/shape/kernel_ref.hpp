#pragma once
// shape, the truth. Portable C++17.

#include <cstdint>

namespace verge::kernel::shape_ref {

template <typename T>
static inline void write_dims(const std::uint32_t* dims, std::uint32_t rank, T* y) {
    for (std::uint32_t i = 0; i < rank; ++i) {
        y[i] = static_cast<T>(dims[i]);
    }
}

}  // namespace verge::kernel::shape_ref
