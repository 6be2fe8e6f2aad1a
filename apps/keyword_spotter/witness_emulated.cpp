// Writes what the firmware does to the host's file `records`, and reads the lamp back from the
// board's register.

#include "apps/keyword_spotter/record.hpp"
#include "apps/keyword_spotter/witness.hpp"
#include "ports/board.hpp"
#include "ports/common/start.hpp"
#include "ports/host_files.hpp"
#include "ports/led_register.hpp"
#include "ports/stack.hpp"

namespace verge::spotter {
namespace {

constinit board::HostFile records = board::HostFile::none;
constinit bool was_lit = false;

void write(const Record& record) {
    if (!board::write_host_file(records, std::as_bytes(std::span(&record, 1)))) {
        board::panic("the records cannot be written");
    }
}

}  // namespace

void witness_fault(Fault fault) {
    board::put_register("status", static_cast<std::uint32_t>(fault.status));
    board::put_register("at", fault.at);
}

void witness_start() {
    records = board::open_host_file("records", board::HostMode::write);
}

void witness_awake(const signal::Taken& taken, const Heard& heard) {
    const Turn turn = !taken.frame     ? Turn::none
                      : heard.is_awake ? Turn::taken
                                       : Turn::slept_through;
    write({RecordKind::awake, heard.time_ms, static_cast<std::uint32_t>(turn), 0, 0});
    if (taken.frame && heard.decision.is_new) {
        write({RecordKind::word, heard.time_ms, heard.decision.label, heard.decision.score,
               heard.is_lit ? 1U : 0U});
    }
    const bool is_lit = (board::leds() & 1U) != 0;
    if (is_lit != was_lit) {
        was_lit = is_lit;
        write({RecordKind::lamp, heard.time_ms, 0, 0, is_lit ? 1U : 0U});
    }
}

void witness_end(std::uint32_t lost) {
    write({RecordKind::dropped, 0, 0, lost, 0});
    board::close_host_file(records);
    board::put_register("stack", static_cast<std::uint32_t>(board::stack_bytes_used()));
}

}  // namespace verge::spotter
