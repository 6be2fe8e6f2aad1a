#pragma once
// slide, the truth. Portable C++17.

#include <cstddef>
#include <cstring>

namespace verge::kernel::slide_ref {

/// `state` of `state_bytes` takes in `bytes` of x. memmove, because a hostile plan may let x and
/// the state overlap.
static inline void slide(const std::byte* x,
                         std::size_t bytes,
                         std::byte* state,
                         std::size_t state_bytes) {
    const std::size_t kept = state_bytes - bytes;
    std::memmove(state, state + bytes, kept);
    std::memmove(state + kept, x, bytes);
}

}  // namespace verge::kernel::slide_ref
