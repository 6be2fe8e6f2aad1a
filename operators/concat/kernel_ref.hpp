#pragma once
// concat, the truth. Portable C++17.

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace verge::kernel::concat_ref {

/// Rows [first, last) of one part, each to its place in a row of the whole.
static inline void copy_part(const std::byte* part,
                             std::size_t part_bytes,
                             std::byte* whole,
                             std::size_t whole_bytes,
                             std::size_t first,
                             std::size_t last) {
    for (std::size_t row = first; row < last; ++row) {
        std::memmove(whole + row * whole_bytes, part + row * part_bytes, part_bytes);
    }
}

}  // namespace verge::kernel::concat_ref
