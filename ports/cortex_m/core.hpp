#pragma once
// What every Cortex-M has, whoever made the chip: its system control space (Arm v7-M Architecture
// Reference Manual, B3.2), sleep on its own timer, reset. Freestanding.

#include <cstdint>

namespace verge::cortex_m {

[[nodiscard]] inline volatile std::uint32_t& at(std::uintptr_t address) {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): a register's address is a number
    return *reinterpret_cast<volatile std::uint32_t*>(address);
}

/// The most that doze() may be given: SysTick counts in 24 bits.
inline constexpr std::uint32_t kLongestTicks = 0xFFFFFF;

/// Sleeps for `ticks` of the core's clock, 1 to kLongestTicks. With interrupts masked a pending one
/// still ends the sleep, so no handler is needed.
inline void doze(std::uint32_t ticks) {
    constexpr std::uintptr_t kControl = 0xE000E010;
    constexpr std::uintptr_t kReload = 0xE000E014;
    constexpr std::uintptr_t kValue = 0xE000E018;
    constexpr std::uintptr_t kInterruptControl = 0xE000ED04;
    constexpr std::uint32_t kRun = 7;  // processor clock, interrupt, enable
    constexpr std::uint32_t kClearSysTick = 1U << 25;
    asm volatile("cpsid i" ::: "memory");
    at(kReload) = ticks;
    at(kValue) = 0;
    at(kControl) = kRun;
    asm volatile("dsb\n wfi" ::: "memory");
    at(kControl) = 0;
    at(kInterruptControl) = kClearSysTick;
    asm volatile("cpsie i" ::: "memory");
}

/// Resets the chip.
[[noreturn]] inline void reset() {
    constexpr std::uintptr_t kResetControl = 0xE000ED0C;
    constexpr std::uint32_t kResetRequest = 0x05FA0004;
    asm volatile("dsb" ::: "memory");
    at(kResetControl) = kResetRequest;
    for (;;) {
    }
}

}  // namespace verge::cortex_m
