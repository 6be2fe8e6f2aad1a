// Samples out of the data chunk, and a plain 16-bit file.

#include "formats/wav/wav.hpp"

#include <bit>
#include <cassert>
#include <limits>
#include <string_view>

#include "formats/byte_order.hpp"
#include "formats/wav/wav_header.hpp"

namespace verge::wav {
namespace {

using formats::append_little;
using formats::load_little;

constexpr std::uint32_t kHeaderBytes = 36;  // of a plain file, after the RIFF size

/// 8-bit samples are unsigned around 128; wider ones are signed.
float integer_at(std::span<const std::byte> data, std::size_t offset, std::size_t bytes) {
    if (bytes == 1) {
        return static_cast<float>(std::to_integer<int>(data[offset]) - 128) / 128.0F;
    }
    std::uint32_t value = 0;  // the sample in the upper bytes, so that its sign is the sign
    for (std::size_t i = 0; i < bytes; ++i) {
        value |= std::to_integer<std::uint32_t>(data[offset + i])
                 << (8U * (sizeof value - bytes + i));
    }
    return static_cast<float>(std::bit_cast<std::int32_t>(value)) / 2147483648.0F;
}

float floating_at(std::span<const std::byte> data, std::size_t offset, std::size_t bytes) {
    if (bytes == sizeof(float)) {
        return std::bit_cast<float>(load_little<std::uint32_t>(data, offset));
    }
    return static_cast<float>(std::bit_cast<double>(load_little<std::uint64_t>(data, offset)));
}

void append_text(std::vector<std::byte>& file, std::string_view text) {
    const std::span<const std::byte> bytes = std::as_bytes(std::span(text));
    file.insert(file.end(), bytes.begin(), bytes.end());
}

}  // namespace

Audio read_frames(const WavHeader& header, std::uint64_t first, std::uint64_t last) {
    Audio audio{header.sample_rate, header.channels, {}};
    audio.samples.resize((last - first) * header.channels);
    const std::size_t start = first * header.channels * header.sample_bytes;
    const auto sample_at = header.coding == Coding::integer ? &integer_at : &floating_at;
    for (std::size_t i = 0; i < audio.samples.size(); ++i) {
        audio.samples[i] =
            sample_at(header.data, start + i * header.sample_bytes, header.sample_bytes);
    }
    return audio;
}

Outcome<Audio> read_wav(std::span<const std::byte> file) {
    VERGE_ASSIGN(const WavHeader header, read_wav_header(file));
    return read_frames(header, 0, header.data.size() / header.sample_bytes / header.channels);
}

std::vector<std::byte> write_wav(const Audio& audio) {
    const std::size_t data_bytes = audio.samples.size() * sizeof(std::int16_t);
    assert(data_bytes < std::numeric_limits<std::uint32_t>::max() - kHeaderBytes &&
           "WAV ends at 4 GiB");
    const std::uint32_t block = audio.channels * sizeof(std::int16_t);
    std::vector<std::byte> file;
    file.reserve(kHeaderBytes + 8 + data_bytes);
    append_text(file, "RIFF");
    append_little(file, static_cast<std::uint32_t>(kHeaderBytes + data_bytes));
    append_text(file, "WAVEfmt ");
    append_little(file, std::uint32_t{16});
    append_little(file, std::uint16_t{1});
    append_little(file, static_cast<std::uint16_t>(audio.channels));
    append_little(file, audio.sample_rate);
    append_little(file, audio.sample_rate * block);
    append_little(file, static_cast<std::uint16_t>(block));
    append_little(file, std::uint16_t{16});
    append_text(file, "data");
    append_little(file, static_cast<std::uint32_t>(data_bytes));
    for (const float sample : audio.samples) {
        append_little(file, static_cast<std::uint16_t>(to_int16(sample)));
    }
    return file;
}

}  // namespace verge::wav
