#pragma once
// Two instructions that do nothing and tell the counter in ports/qemu where to start and stop
// counting. The instructions strictly between them are counted; on silicon they cost a cycle each.
// Freestanding.

#include "base/cpu.hpp"

namespace verge::board {

/// Starts an interval. Intervals do not nest: a second begin restarts the first.
[[gnu::always_inline]] inline void count_begin() {
    if constexpr (cpu::kIsRiscv) {
        asm volatile("slti x0, x0, 1" ::: "memory");
    } else {
        asm volatile("mov r9, r9" ::: "memory");
    }
}

/// Ends the interval.
[[gnu::always_inline]] inline void count_end() {
    if constexpr (cpu::kIsRiscv) {
        asm volatile("slti x0, x0, 2" ::: "memory");
    } else {
        asm volatile("mov r10, r10" ::: "memory");
    }
}

}  // namespace verge::board
