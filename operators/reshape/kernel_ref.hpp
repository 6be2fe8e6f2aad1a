#pragma once
// reshape, the truth: a dense copy, for where the compiler cannot let both share their memory.
// Portable C++17.

#include <cstddef>
#include <cstring>

namespace verge::kernel::reshape_ref {

/// The output may start at or below the input.
static inline void run_bytes(const std::byte* x,
                             std::byte* y,
                             std::size_t first,
                             std::size_t last) {
    std::memmove(y + first, x + first, last - first);
}

}  // namespace verge::kernel::reshape_ref
