#pragma once
// Two instructions that do nothing and tell the counter in ports/qemu where to start and stop
// counting. The instructions strictly between them are counted; on silicon they cost a cycle each.
// Freestanding.

#if defined(__riscv)
#define VERGE_MARK_BEGIN "slti x0, x0, 1"
#define VERGE_MARK_END "slti x0, x0, 2"
#else
#define VERGE_MARK_BEGIN "mov r9, r9"
#define VERGE_MARK_END "mov r10, r10"
#endif

namespace verge::board {

/// Starts an interval. Intervals do not nest: a second begin restarts the first.
[[gnu::always_inline]] inline void count_begin() {
    asm volatile(VERGE_MARK_BEGIN ::: "memory");
}

/// Ends the interval.
[[gnu::always_inline]] inline void count_end() {
    asm volatile(VERGE_MARK_END ::: "memory");
}

}  // namespace verge::board

#undef VERGE_MARK_BEGIN
#undef VERGE_MARK_END
