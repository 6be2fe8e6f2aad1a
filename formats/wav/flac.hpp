#pragma once
// FLAC, decoded by libFLAC (Xiph.Org), which is linked as an archive.

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/outcome.hpp"
#include "formats/wav/audio.hpp"

namespace verge::wav {

/// Silence packs well, so a small file may claim much: samples of all channels together.
struct FlacLimits {
    std::uint64_t samples = std::uint64_t{1} << 28;
};

/// All samples of a native FLAC file. A broken frame, an end before the announced length, and a
/// wrong MD5 are refused.
[[nodiscard]] Outcome<Audio> read_flac(std::span<const std::byte> file, FlacLimits limits = {});

/// Tells the two kinds apart by their first bytes and reads it.
[[nodiscard]] Outcome<Audio> read_audio(std::span<const std::byte> file);

}  // namespace verge::wav
