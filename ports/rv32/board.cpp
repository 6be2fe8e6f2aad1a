// Clock, sleep, reset and lamps of QEMU's RISC-V virt machine.

#include "ports/board.hpp"

#include <cstdint>

#include "ports/led.hpp"
#include "ports/led_register.hpp"

extern "C" std::uint32_t verge_led_word[];

namespace verge::board {
namespace {

// QEMU, hw/riscv/virt.c: the timer of the core-local interruptor runs at 10 MHz.
constexpr std::uintptr_t kTestDevice = 0x00100000;
constexpr std::uintptr_t kTimeCompare = 0x02004000;
constexpr std::uintptr_t kTime = 0x0200BFF8;
constexpr std::uint32_t kTicksPerUs = 10;
constexpr std::uint32_t kResetRequest = 0x7777;

volatile std::uint32_t& at(std::uintptr_t address) {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): a register's address is a number
    return *reinterpret_cast<volatile std::uint32_t*>(address);
}

std::uint64_t ticks() {
    for (;;) {
        const std::uint32_t high = at(kTime + 4);
        const std::uint32_t low = at(kTime);
        if (high == at(kTime + 4)) {
            return (std::uint64_t{high} << 32) | low;
        }
    }
}

void wake_at(std::uint64_t tick) {
    at(kTimeCompare + 4) = 0xFFFFFFFF;
    at(kTimeCompare) = static_cast<std::uint32_t>(tick);
    at(kTimeCompare + 4) = static_cast<std::uint32_t>(tick >> 32);
}

}  // namespace

std::uint64_t now_us() {
    return ticks() / kTicksPerUs;
}

void sleep_until(std::uint64_t wake_us) {
    // Interrupts stay off in mstatus: the timer's ends the sleep, and no handler runs.
    wake_at(wake_us * kTicksPerUs);
    asm volatile(".option push\n .option arch, +zicsr\n csrs mie, %0\n .option pop" ::"r"(1U << 7));
    while (now_us() < wake_us) {
        asm volatile("wfi" ::: "memory");
    }
    asm volatile(".option push\n .option arch, +zicsr\n csrc mie, %0\n .option pop" ::"r"(1U << 7));
}

void reset() {
    at(kTestDevice) = kResetRequest;
    for (;;) {
    }
}

void set_led(std::uint32_t index, bool on) {
    volatile std::uint32_t& lamps = *verge_led_word;
    const std::uint32_t lamp = 1U << index;
    lamps = on ? lamps | lamp : lamps & ~lamp;
}

std::uint32_t leds() {
    const volatile std::uint32_t& lamps = *verge_led_word;
    return lamps;
}

}  // namespace verge::board
