// Bytes to samples across the seams of the pieces.

#include "formats/wav/pcm.hpp"

#include <algorithm>

#include "formats/byte_order.hpp"

namespace verge::wav {
namespace {

constexpr std::size_t kSampleBytes = sizeof(std::int16_t);

}  // namespace

Outcome<std::size_t> PcmReader::read(std::span<std::int16_t> into) {
    bytes_.resize(std::max(held_, into.size() * kSampleBytes));
    std::size_t used = held_;
    while (!is_at_end_ && used < bytes_.size()) {
        VERGE_ASSIGN(const std::size_t got, source_(std::span(bytes_).subspan(used)));
        is_at_end_ = got == 0;
        used += got;
    }
    const std::size_t samples = std::min(into.size(), used / kSampleBytes);
    for (std::size_t i = 0; i < samples; ++i) {
        into[i] = static_cast<std::int16_t>(
            formats::load_little<std::uint16_t>(bytes_, i * kSampleBytes));
    }
    held_ = used - samples * kSampleBytes;
    if (samples == 0 && held_ == 1 && !into.empty()) {
        held_ = 0;
        return bad_input("the stream ends within a sample",
                         "two bytes a sample (16-bit little-endian)",
                         "check the recorder's sample format");
    }
    if (held_ == 1) {
        bytes_[0] = bytes_[samples * kSampleBytes];
    }
    position_ += samples;
    return samples;
}

}  // namespace verge::wav
