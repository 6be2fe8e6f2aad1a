#pragma once
// The same stream on an emulated board: the firmware is built, booted, and fed the samples as a
// microphone driver would. Hosted.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "apps/keyword_spotter/listening.hpp"
#include "base/outcome.hpp"

namespace verge::spotter {

inline constexpr double kAwakeClockHz = 64e6;  // of the share of time awake; a cycle an instruction

/// What the board said and what it cost there.
struct BoardHearing {
    std::string name;
    std::vector<Event> events;
    std::uint64_t instructions_per_inference = 0;  // median; with the front end of its hop
    std::uint64_t instructions_per_hop = 0;        // median of hops without an inference
    std::uint64_t instructions_per_second = 0;     // awake, for each second of sound
    std::uint64_t turns = 0;                       // of the network
    std::uint64_t turns_asleep = 0;                // which the gate let it sleep through
    /// Of its time at kAwakeClockHz, as counted, and had the network taken every turn; above 1: too
    /// slow a board.
    double awake_share = 0;
    double awake_share_without_gate = 0;
    std::uint64_t code_bytes = 0;            // text and read-only data without the model
    std::uint64_t flash_bytes = 0;           // code, model and initialised data
    std::uint64_t ram_bytes = 0;             // data, bss and arena
    std::uint64_t stack_bytes = 0;           // used at most
    std::uint64_t stack_reserved_bytes = 0;  // RAM in all: this and ram_bytes
    std::uint32_t led_changes = 0;           // of the board's own LED register
};

/// Builds the firmware for `board` (or takes it from the cache) and lets it hear `samples`.
Outcome<BoardHearing> hear_on_board(const Model& model,
                                    std::span<const std::int16_t> samples,
                                    const std::string& board);

}  // namespace verge::spotter
