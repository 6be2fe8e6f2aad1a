#pragma once
// The chunks of a RIFF WAVE file: where the samples lie and how they are coded. Layout: Microsoft,
// "Multiple channel audio data and WAVE files", and the RIFF chunk rules it builds on.

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/outcome.hpp"

namespace verge::wav {

enum class Coding : std::uint8_t { integer, floating };

struct WavHeader {
    Coding coding = Coding::integer;
    std::uint32_t sample_rate = 0;
    std::uint16_t channels = 0;
    std::uint16_t sample_bytes = 0;   // 1 to 4 for integers (1 is unsigned), 4 or 8 for floats
    std::span<const std::byte> data;  // whole frames, within the file
};

/// Walks all chunks. A chunk that runs over the end is refused, except the data of a streamed file
/// (size 0 or at least 0x7FFFF000, as programs write into a pipe): they go to the end of the file.
[[nodiscard]] Outcome<WavHeader> read_wav_header(std::span<const std::byte> file);

}  // namespace verge::wav
