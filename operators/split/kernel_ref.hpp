#pragma once
// split, the truth. Portable C++17.

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace verge::kernel::split_ref {

/// Rows [first, last) of the whole, a piece of each to a part.
static inline void copy_part(const std::byte* whole,
                             std::size_t whole_bytes,
                             std::byte* part,
                             std::size_t part_bytes,
                             std::size_t first,
                             std::size_t last) {
    for (std::size_t row = first; row < last; ++row) {
        std::memmove(part + row * part_bytes, whole + row * whole_bytes, part_bytes);
    }
}

}  // namespace verge::kernel::split_ref
