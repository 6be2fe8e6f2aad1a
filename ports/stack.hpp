#pragma once
// How deep the stack grew: start-up paints it, this scans it. Freestanding.

#include <cstddef>

namespace verge::board {

/// Bytes of stack used at the deepest since start-up, and of all that there are.
[[nodiscard]] std::size_t stack_bytes_used();
[[nodiscard]] std::size_t stack_bytes_reserved();

}  // namespace verge::board
