// The keyword spotter as firmware, for every board: sleep until the microphone has samples, push
// them into the spotter, switch the lamp. The board gives ports/microphone.hpp and ports/led.hpp.

#include "apps/keyword_spotter/spotter.hpp"
#include "apps/keyword_spotter/witness.hpp"
#include "ports/board.hpp"
#include "ports/common/firmware_runner.hpp"
#include "ports/led.hpp"
#include "ports/markers.hpp"
#include "ports/microphone.hpp"
#include "spotter_settings.hpp"

namespace verge::spotter {
namespace {

constexpr std::uint32_t kLamp = 0;
constexpr std::size_t kBlock = 320;  // samples taken at a time: 20 ms

// .bss: the whole state of the program.
Spotter spotter;
alignas(8) std::array<std::byte, Spotter::memory_bytes(kFrontEnd, kWindowFrames)> window;

Fault start(tiny::Runner& runner) {
    VERGE_TRY(firmware::make_runner(runner));
    return spotter.start(runner, kFrontEnd, kSettings, window);
}

/// Listens until the sound ends; all the time that it is awake lies between the markers.
void listen() {
    std::array<std::int16_t, kBlock> block;
    for (;;) {
        std::span<const std::int16_t> samples =
            std::span(block).first(board::microphone_read(block));
        if (samples.empty()) {
            return;
        }
        while (!samples.empty()) {
            Heard heard{};
            board::count_begin();
            const signal::Taken taken = spotter.push(samples, heard);
            if (taken.frame && heard.has_switched) {
                board::set_led(kLamp, heard.is_lit);
            }
            board::count_end();
            samples = samples.subspan(taken.samples);
            witness_awake(taken, heard);
        }
    }
}

int main() {
    tiny::Runner runner;
    if (const Fault fault = start(runner); !fault.ok()) {
        witness_fault(fault);
        return 1;
    }
    if (!board::microphone_start(signal::kSampleRateHz)) {
        board::panic("there is no microphone");
    }
    board::set_led(kLamp, false);
    witness_start();
    listen();
    witness_end(board::microphone_stop());
    return 0;
}

}  // namespace
}  // namespace verge::spotter

extern "C" int verge_main() {
    return verge::spotter::main();
}
