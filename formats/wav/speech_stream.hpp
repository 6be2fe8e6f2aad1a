#pragma once
// A WAV or FLAC file as the speech models want it, piece by piece, so that hours of it fit.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/outcome.hpp"
#include "formats/wav/audio.hpp"
#include "formats/wav/wav_header.hpp"

namespace verge::wav {

/// One channel, 16000 samples a second, 16 bits: the same samples as to_mono_16k_int16() gives for
/// the whole file. WAV is decoded as it is read; FLAC is held decoded.
class SpeechStream {
public:
    /// Reads the header of a WAV file, or all of a FLAC file. `file` must outlive the stream.
    static Outcome<SpeechStream> open(std::span<const std::byte> file);

    /// Fills `into`; fewer only at the end, 0 from then on.
    [[nodiscard]] Outcome<std::size_t> read(std::span<std::int16_t> into);

    /// Of the file: frames a second, channels, and frames.
    [[nodiscard]] std::uint32_t sample_rate() const { return sample_rate_; }

    [[nodiscard]] std::uint32_t channels() const { return channels_; }

    [[nodiscard]] std::uint64_t frames() const { return frames_; }

private:
    [[nodiscard]] Audio frames_between(std::uint64_t first, std::uint64_t last) const;
    [[nodiscard]] Done fill();

    bool is_flac_ = false;
    WavHeader wav_;
    Audio flac_;
    std::uint32_t sample_rate_ = 0;
    std::uint32_t channels_ = 0;
    std::uint64_t frames_ = 0;
    std::uint64_t next_frame_ = 0;
    std::vector<std::int16_t> block_;  // converted, of which `used_` were handed out
    std::size_t used_ = 0;
};

}  // namespace verge::wav
