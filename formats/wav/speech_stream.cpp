// Blocks of ten seconds are resampled with a second of their neighbours on either side: more than
// the filter reaches, so the result is that of the whole file.

#include "formats/wav/speech_stream.hpp"

#include <algorithm>

#include "formats/wav/flac.hpp"
#include "formats/wav/wav.hpp"

namespace verge::wav {
namespace {

constexpr std::uint64_t kBlockSeconds = 10;
constexpr std::uint64_t kSpeechRate = 16000;

bool is_flac(std::span<const std::byte> file) {
    return file.size() >= 4 && file[0] == std::byte{'f'} && file[1] == std::byte{'L'} &&
           file[2] == std::byte{'a'} && file[3] == std::byte{'C'};
}

}  // namespace

Outcome<SpeechStream> SpeechStream::open(std::span<const std::byte> file) {
    SpeechStream stream;
    stream.is_flac_ = is_flac(file);
    if (stream.is_flac_) {
        VERGE_ASSIGN(stream.flac_, read_flac(file));
        stream.sample_rate_ = stream.flac_.sample_rate;
        stream.channels_ = stream.flac_.channels;
        stream.frames_ = stream.flac_.frames();
    } else {
        VERGE_ASSIGN(stream.wav_, read_wav_header(file));
        stream.sample_rate_ = stream.wav_.sample_rate;
        stream.channels_ = stream.wav_.channels;
        stream.frames_ = stream.wav_.data.size() / stream.wav_.sample_bytes / stream.channels_;
    }
    return stream;
}

Audio SpeechStream::frames_between(std::uint64_t first, std::uint64_t last) const {
    if (!is_flac_) {
        return read_frames(wav_, first, last);
    }
    const auto begin = flac_.samples.begin();
    return {sample_rate_,
            channels_,
            {begin + static_cast<std::ptrdiff_t>(first * channels_),
             begin + static_cast<std::ptrdiff_t>(last * channels_)}};
}

Done SpeechStream::fill() {
    const std::uint64_t rate = sample_rate_;
    const std::uint64_t last = std::min(next_frame_ + kBlockSeconds * rate, frames_);
    const std::uint64_t margin = std::min(next_frame_, rate);
    const Audio piece = frames_between(next_frame_ - margin, std::min(last + rate, frames_));
    VERGE_ASSIGN(block_, to_mono_16k_int16(piece));
    // Blocks and margins are whole seconds but for the end, so these are whole numbers of samples.
    const std::uint64_t skipped = margin * kSpeechRate / std::max<std::uint64_t>(rate, 1);
    const std::uint64_t kept =
        last == frames_ ? block_.size() - skipped : kBlockSeconds * kSpeechRate;
    block_.resize(skipped + kept);
    used_ = skipped;
    next_frame_ = last;
    return done();
}

Outcome<std::size_t> SpeechStream::read(std::span<std::int16_t> into) {
    std::size_t filled = 0;
    while (filled < into.size()) {
        if (used_ == block_.size()) {
            if (next_frame_ == frames_) {
                break;
            }
            VERGE_CHECK(fill());
        }
        const std::size_t count = std::min(into.size() - filled, block_.size() - used_);
        std::copy_n(block_.begin() + static_cast<std::ptrdiff_t>(used_), count,
                    into.begin() + static_cast<std::ptrdiff_t>(filled));
        used_ += count;
        filled += count;
    }
    return filled;
}

}  // namespace verge::wav
