// Clock, sleep, reset and lamps of the MPS2 and MPS3 boards. The images differ in two numbers,
// which the linker script gives: where the FPGA's I/O block lies and how fast the clock runs.

#include "ports/board.hpp"

#include <cstdint>

#include "ports/led.hpp"

extern "C" {
extern std::uint32_t verge_fpgaio[];
extern char verge_ticks_per_us[];
}

namespace verge::board {
namespace {

// FPGA I/O block: Arm application note AN385, table 4-6; the later images keep its layout.
struct FpgaIo {
    std::uint32_t lamps;
    std::uint32_t reserved_04;
    std::uint32_t buttons;
    std::uint32_t reserved_0c;
    std::uint32_t counter_1hz;
    std::uint32_t counter_100hz;
    std::uint32_t counter;
    std::uint32_t prescale;
};

constexpr std::uintptr_t kSysTickControl = 0xE000E010;
constexpr std::uintptr_t kSysTickReload = 0xE000E014;
constexpr std::uintptr_t kSysTickValue = 0xE000E018;
constexpr std::uintptr_t kInterruptControl = 0xE000ED04;
constexpr std::uintptr_t kResetControl = 0xE000ED0C;
constexpr std::uint32_t kSysTickRun = 7;  // processor clock, interrupt, enable
constexpr std::uint32_t kClearSysTick = 1U << 25;
constexpr std::uint32_t kResetRequest = 0x05FA0004;
constexpr std::uint32_t kLongestTicks = 0xFFFFFF;

volatile std::uint32_t& at(std::uintptr_t address) {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): a register's address is a number
    return *reinterpret_cast<volatile std::uint32_t*>(address);
}

volatile FpgaIo& io() {
    return *reinterpret_cast<volatile FpgaIo*>(verge_fpgaio);
}

std::uint32_t ticks_per_us() {
    return reinterpret_cast<std::uintptr_t>(verge_ticks_per_us);
}

/// Sleeps for `ticks` of the core's clock. With interrupts masked a pending one still ends the
/// sleep, so no handler is needed.
void doze(std::uint32_t ticks) {
    asm volatile("cpsid i" ::: "memory");
    at(kSysTickReload) = ticks;
    at(kSysTickValue) = 0;
    at(kSysTickControl) = kSysTickRun;
    asm volatile("dsb\n wfi" ::: "memory");
    at(kSysTickControl) = 0;
    at(kInterruptControl) = kClearSysTick;
    asm volatile("cpsie i" ::: "memory");
}

}  // namespace

std::uint64_t now_us() {
    const std::uint32_t wanted = ticks_per_us() - 1;
    if (io().prescale != wanted) {
        io().prescale = wanted;
    }
    // The counter wraps after 71 minutes; the seconds beside it say how often it has.
    const std::uint64_t rough = std::uint64_t{io().counter_1hz} * 1000000U;
    const std::uint32_t exact = io().counter;
    return rough + static_cast<std::uint64_t>(
                       static_cast<std::int32_t>(exact - static_cast<std::uint32_t>(rough)));
}

void sleep_until(std::uint64_t wake_us) {
    for (std::uint64_t now = now_us(); now < wake_us; now = now_us()) {
        const std::uint32_t longest_us = kLongestTicks / ticks_per_us();
        const std::uint64_t left_us = wake_us - now;
        doze(static_cast<std::uint32_t>(left_us < longest_us ? left_us : longest_us) *
             ticks_per_us());
    }
}

void reset() {
    asm volatile("dsb" ::: "memory");
    at(kResetControl) = kResetRequest;
    for (;;) {
    }
}

void set_led(std::uint32_t index, bool on) {
    const std::uint32_t lamp = 1U << index;
    io().lamps = on ? io().lamps | lamp : io().lamps & ~lamp;
}

std::uint32_t leds() {
    return io().lamps;
}

}  // namespace verge::board
