// The keyword spotter as firmware: a microphone driver fills a ring, the main loop empties it into
// the spotter, the spotter switches the board's lamp. On an emulated board the microphone is the
// host's file `pcm`, and what happens is written to the host's file `records`.

#include "apps/keyword_spotter/record.hpp"
#include "apps/keyword_spotter/ring_buffer.hpp"
#include "apps/keyword_spotter/spotter.hpp"
#include "ports/board.hpp"
#include "ports/common/firmware_model.hpp"
#include "ports/common/start.hpp"
#include "ports/host_files.hpp"
#include "ports/led.hpp"
#include "ports/markers.hpp"
#include "ports/stack.hpp"
#include "spotter_settings.hpp"

namespace verge::spotter {
namespace {

constexpr std::size_t kBlock = 160;  // samples that the driver delivers at a time: 10 ms
constexpr std::uint32_t kLamp = 0;

// .bss: the whole state of the program.
RingBuffer<1024> ring;
Spotter spotter;
alignas(8) std::array<std::byte, Spotter::memory_bytes(kFrontEnd, kWindowFrames)> window;

/// Stands for the driver of a microphone: delivers the next 10 ms, as an interrupt would.
bool record_block(board::HostFile microphone) {
    std::array<std::int16_t, kBlock> block;
    const std::size_t bytes =
        board::read_host_file(microphone, std::as_writable_bytes(std::span(block)));
    ring.write(std::span(block).first(bytes / sizeof(std::int16_t)));
    return bytes != 0;
}

void write(board::HostFile file, const Record& record) {
    if (!board::write_host_file(file, std::as_bytes(std::span(&record, 1)))) {
        board::panic("the records cannot be written");
    }
}

/// Switches the lamp, and logs it when the register says that it changed.
void set_lamp(board::HostFile records, const Heard& heard) {
    const bool was_lit = (board::leds() >> kLamp & 1U) != 0;
    board::set_led(kLamp, heard.is_lit);
    const bool is_lit = (board::leds() >> kLamp & 1U) != 0;
    if (is_lit != was_lit) {
        write(records, {RecordKind::lamp, heard.time_ms, heard.decision.label, heard.decision.score,
                        is_lit ? 1U : 0U});
    }
}

/// Empties the ring.
void listen(board::HostFile records) {
    for (;;) {
        const std::span<const std::int16_t> samples = ring.peek();
        if (samples.empty()) {
            return;
        }
        Heard heard{};
        board::count_begin();
        const signal::Taken taken = spotter.push(samples, heard);
        board::count_end();
        ring.release(taken.samples);
        write(records, {RecordKind::hop, heard.time_ms, taken.frame ? 1U : 0U, 0, 0});
        if (!taken.frame) {
            continue;
        }
        if (heard.decision.is_new) {
            write(records, {RecordKind::word, heard.time_ms, heard.decision.label,
                            heard.decision.score, heard.is_lit ? 1U : 0U});
        }
        set_lamp(records, heard);
    }
}

Fault start(tiny::Runner& runner) {
    const Result<plan::View> view = plan::View::open(firmware::plan());
    VERGE_TRY(view.fault());
    const Result<tiny::Runner> made = tiny::Runner::create(
        view.value(), {.main = firmware::workspace()}, {.kernels = firmware::kernels()});
    VERGE_TRY(made.fault());
    runner = made.value();
    return spotter.start(runner, kFrontEnd, kSettings, window);
}

int main() {
    tiny::Runner runner;
    if (const Fault fault = start(runner); !fault.ok()) {
        board::put_register("status", static_cast<std::uint32_t>(fault.status));
        board::put_register("at", fault.at);
        return 1;
    }
    const board::HostFile microphone = board::open_host_file("pcm", board::HostMode::read);
    const board::HostFile records = board::open_host_file("records", board::HostMode::write);
    // Two blocks are one hop: the ring never holds much more than the 20 ms that a hop needs.
    bool goes_on = true;
    while (goes_on) {
        goes_on = record_block(microphone);
        goes_on = record_block(microphone) && goes_on;
        listen(records);
    }
    write(records, {RecordKind::dropped, 0, 0, ring.dropped(), 0});
    board::close_host_file(records);
    board::put_register("stack", static_cast<std::uint32_t>(board::stack_bytes_used()));
    return 0;
}

}  // namespace
}  // namespace verge::spotter

extern "C" int verge_main() {
    return verge::spotter::main();
}
