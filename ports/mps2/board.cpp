// Clock, sleep, reset and lamps of the MPS2 and MPS3 boards. The images differ in two numbers,
// which the linker script gives: where the FPGA's I/O block lies and how fast the clock runs.

#include "ports/board.hpp"

#include <cstdint>

#include "ports/cortex_m/core.hpp"
#include "ports/led.hpp"
#include "ports/led_register.hpp"

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

volatile FpgaIo& io() {
    return *reinterpret_cast<volatile FpgaIo*>(verge_fpgaio);
}

std::uint32_t ticks_per_us() {
    return reinterpret_cast<std::uintptr_t>(verge_ticks_per_us);
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
        const std::uint32_t longest_us = cortex_m::kLongestTicks / ticks_per_us();
        const std::uint64_t left_us = wake_us - now;
        cortex_m::doze(static_cast<std::uint32_t>(left_us < longest_us ? left_us : longest_us) *
                       ticks_per_us());
    }
}

void reset() {
    cortex_m::reset();
}

void set_led(std::uint32_t index, bool on) {
    const std::uint32_t lamp = 1U << index;
    io().lamps = on ? io().lamps | lamp : io().lamps & ~lamp;
}

std::uint32_t leds() {
    return io().lamps;
}

}  // namespace verge::board
