#pragma once
// WAV: PCM of 8, 16, 24 and 32 bits, float of 32 and 64, plain and extensible, also as a pipe
// delivers it; 16-bit PCM is written.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/outcome.hpp"
#include "formats/wav/audio.hpp"
#include "formats/wav/wav_header.hpp"

namespace verge::wav {

/// All samples of the file. Takes no more memory than four times the file.
[[nodiscard]] Outcome<Audio> read_wav(std::span<const std::byte> file);

/// The frames [first, last) of a file whose header was read. Precondition: they exist.
[[nodiscard]] Audio read_frames(const WavHeader& header, std::uint64_t first, std::uint64_t last);

/// A 16-bit file; samples are rounded and clipped by to_int16(). Precondition: below 4 GiB.
[[nodiscard]] std::vector<std::byte> write_wav(const Audio& audio);

}  // namespace verge::wav
