#pragma once
// What the emulated firmware writes about itself, record by record. Freestanding: the board writes
// it, the host reads it.

#include <cstdint>
#include <type_traits>

namespace verge::spotter {

enum class RecordKind : std::uint32_t {
    word = 1,     // a decision: label, score, lamp after it
    lamp = 2,     // the lamp's register changed: `is_lit` is what it holds now
    awake = 3,    // an interval between markers ended; `label` is a Turn
    dropped = 4,  // at the end: `score` samples came too fast
};

/// What became of the network's turn while the firmware was awake.
enum class Turn : std::uint32_t { none = 0, taken = 1, slept_through = 2 };

struct Record {
    RecordKind kind;
    std::uint32_t time_ms;  // of the stream
    std::uint32_t label;
    std::uint32_t score;
    std::uint32_t is_lit;
};

static_assert(sizeof(Record) == 20 && std::is_trivially_copyable_v<Record>);

}  // namespace verge::spotter
