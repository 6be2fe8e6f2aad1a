#pragma once
// gather, the truth. Portable C++17.

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace verge::kernel::gather_ref {

struct Sizes {
    std::size_t axis;            // indices that x has
    std::size_t inner_bytes;     // of one slice
    std::size_t picks;           // indices of one batch
    std::size_t rows_per_batch;  // outer rows that share their indices
};

/// Outer rows [first, last). An index outside the axis takes the nearest slice that there is.
template <typename Index>
static inline void gather_rows(const Sizes& s,
                               const std::byte* x,
                               const Index* indices,
                               std::byte* y,
                               std::size_t first,
                               std::size_t last) {
    for (std::size_t row = first; row < last; ++row) {
        const Index* picks = indices + row / s.rows_per_batch * s.picks;
        for (std::size_t i = 0; i < s.picks; ++i) {
            const Index most = static_cast<Index>(s.axis - 1);
            // Read once: whoever writes to the indices meanwhile must not slip past the bounds.
            const Index pick = *static_cast<const volatile Index*>(picks + i);
            const Index index = pick < 0 ? Index{0} : (pick > most ? most : pick);
            std::memmove(y + (row * s.picks + i) * s.inner_bytes,
                         x + (row * s.axis + static_cast<std::size_t>(index)) * s.inner_bytes,
                         s.inner_bytes);
        }
    }
}

}  // namespace verge::kernel::gather_ref
