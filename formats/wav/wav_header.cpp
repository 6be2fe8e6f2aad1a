// RIFF chunks, the format chunk, and the sizes that streaming programs leave open.

#include "formats/wav/wav_header.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "formats/byte_order.hpp"

namespace verge::wav {
namespace {

using formats::load_little;

constexpr std::size_t kRiffBytes = 12;
constexpr std::size_t kChunkBytes = 8;
constexpr std::size_t kFormatBytes = 16;
constexpr std::size_t kExtensibleBytes = 40;
constexpr std::uint32_t kLeastOpenSize =
    0x7FFFF000;  // the smallest that a program writes for "unknown"
constexpr std::uint16_t kIntegerTag = 1;
constexpr std::uint16_t kFloatTag = 3;
constexpr std::uint16_t kExtensibleTag = 0xFFFE;
constexpr std::uint32_t kMostChannels = 256;
constexpr std::string_view kGuidTail("\x00\x00\x00\x00\x10\x00\x80\x00\x00\xAA\x00\x38\x9B\x71",
                                     14);

std::string_view text_at(std::span<const std::byte> file, std::size_t offset, std::size_t bytes) {
    return {reinterpret_cast<const char*>(file.data()) + offset, bytes};
}

bool is_open(std::uint32_t size) {
    return size == 0 || size >= kLeastOpenSize;
}

Error cut_short(std::string_view chunk, std::uint64_t claimed, std::uint64_t left) {
    return bad_input("chunk '" + std::string(chunk) + "' claims " + std::to_string(claimed) +
                         " bytes, but " + std::to_string(left) + " are left",
                     "a whole file", "copy or record it again");
}

/// How far the chunks go: as the RIFF size says, or to the end of a streamed file.
Outcome<std::size_t> end_of_chunks(std::span<const std::byte> file) {
    if (file.size() < kRiffBytes) {
        return bad_input("the file has " + std::to_string(file.size()) + " bytes", "a WAV file");
    }
    const std::string_view kind = text_at(file, 0, 4);
    if (kind == "RF64" || kind == "RIFX" || kind == "BW64") {
        return unsupported("the file is of the kind " + std::string(kind), "RIFF",
                           "convert it to a plain WAV file");
    }
    if (kind != "RIFF" || text_at(file, kChunkBytes, 4) != "WAVE") {
        return bad_input("the file does not begin as a WAV file does", "RIFF....WAVE");
    }
    const auto size = load_little<std::uint32_t>(file, 4);
    if (is_open(size)) {
        return file.size();
    }
    if (size > file.size() - kChunkBytes) {
        return cut_short("RIFF", size, file.size() - kChunkBytes);
    }
    if (size < 4) {
        return bad_input("chunk 'RIFF' claims " + std::to_string(size) + " bytes", "at least 4");
    }
    return size + kChunkBytes;
}

std::string name_of(std::uint16_t tag) {
    switch (tag) {
        case 2:
            return "Microsoft ADPCM";
        case 6:
            return "A-law";
        case 7:
            return "mu-law";
        case 17:
            return "IMA ADPCM";
        case 85:
            return "MP3";
        default:
            return "format " + std::to_string(tag);
    }
}

/// The tag itself, or the one inside an extensible format's GUID.
Outcome<std::uint16_t> true_tag(std::span<const std::byte> chunk) {
    const auto tag = load_little<std::uint16_t>(chunk, 0);
    if (tag != kExtensibleTag) {
        return tag;
    }
    if (chunk.size() < kExtensibleBytes || text_at(chunk, 26, kGuidTail.size()) != kGuidTail) {
        return unsupported("the extensible format is of an unknown kind", "PCM or float");
    }
    return load_little<std::uint16_t>(chunk, 24);
}

Done check_layout(const WavHeader& header, std::uint16_t block_bytes) {
    if (header.sample_rate == 0 || header.channels == 0 || header.channels > kMostChannels) {
        return bad_input("the file has " + std::to_string(header.channels) + " channels at " +
                             std::to_string(header.sample_rate) + " Hz",
                         "1 to 256 channels and a rate");
    }
    if (block_bytes != header.channels * header.sample_bytes) {
        return bad_input(
            "a frame has " + std::to_string(block_bytes) + " bytes",
            std::to_string(header.channels * header.sample_bytes) + " by its channels and bits");
    }
    return done();
}

Outcome<WavHeader> read_format(std::span<const std::byte> chunk) {
    if (chunk.size() < kFormatBytes) {
        return bad_input("chunk 'fmt ' has " + std::to_string(chunk.size()) + " bytes",
                         "at least 16");
    }
    VERGE_ASSIGN(const std::uint16_t tag, true_tag(chunk));
    const auto bits = load_little<std::uint16_t>(chunk, 14);
    const bool is_integer = tag == kIntegerTag && bits % 8 == 0 && bits >= 8 && bits <= 32;
    const bool is_float = tag == kFloatTag && (bits == 32 || bits == 64);
    if (!is_integer && !is_float) {
        const std::string kind = tag == kIntegerTag ? "PCM"
                                 : tag == kFloatTag ? "float"
                                                    : name_of(tag);
        return unsupported("the samples are " + kind + " of " + std::to_string(bits) + " bits",
                           "PCM of 8, 16, 24 or 32 bits, or float of 32 or 64", "convert the file");
    }
    const WavHeader header{is_float ? Coding::floating : Coding::integer,
                           load_little<std::uint32_t>(chunk, 4),
                           load_little<std::uint16_t>(chunk, 2),
                           static_cast<std::uint16_t>(bits / 8),
                           {}};
    VERGE_CHECK(check_layout(header, load_little<std::uint16_t>(chunk, 12)));
    return header;
}

/// Format and data, as the walk finds them.
struct Found {
    std::optional<WavHeader> format;
    std::optional<std::span<const std::byte>> data;
};

/// A streamed file's data: whole frames up to the end.
std::span<const std::byte> whole_frames(std::span<const std::byte> bytes, const WavHeader& format) {
    const std::size_t frame = std::size_t{format.channels} * format.sample_bytes;
    return bytes.first(bytes.size() - bytes.size() % frame);
}

Done take_data(std::span<const std::byte> chunk, Found& found) {
    if (!found.format) {
        return bad_input("chunk 'data' comes before 'fmt '", "the format first");
    }
    if (found.data) {
        return unsupported("the file has two 'data' chunks", "one");
    }
    if (whole_frames(chunk, *found.format).size() != chunk.size()) {
        return bad_input("chunk 'data' has " + std::to_string(chunk.size()) +
                         " bytes, no whole number of frames of " +
                         std::to_string(found.format->channels * found.format->sample_bytes) +
                         " bytes");
    }
    found.data = chunk;
    return done();
}

Done take_chunk(std::string_view name, std::span<const std::byte> chunk, Found& found) {
    if (name == "fmt " && !found.format) {
        VERGE_ASSIGN(found.format, read_format(chunk));
    }
    return name == "data" ? take_data(chunk, found) : done();
}

/// Precondition: chunks.size() - at >= kChunkBytes. Returns where the next chunk begins.
Outcome<std::size_t> step(std::span<const std::byte> chunks,
                          std::size_t at,
                          bool is_streamed,
                          Found& found) {
    const std::string_view name = text_at(chunks, at, 4);
    const auto size = load_little<std::uint32_t>(chunks, at + 4);
    const std::span<const std::byte> rest = chunks.subspan(at + kChunkBytes);
    const bool is_open_ended = name == "data" && is_open(size) && found.format.has_value() &&
                               (size == 0 ? is_streamed : size > rest.size());
    if (is_open_ended) {
        VERGE_CHECK(take_data(whole_frames(rest, *found.format), found));
        return chunks.size();
    }
    if (size > rest.size()) {
        return cut_short(name, size, rest.size());
    }
    VERGE_CHECK(take_chunk(name, rest.first(size), found));
    return std::min(chunks.size(), at + kChunkBytes + size + size % 2);
}

}  // namespace

Outcome<WavHeader> read_wav_header(std::span<const std::byte> file) {
    VERGE_ASSIGN(const std::size_t end, end_of_chunks(file));
    const bool is_streamed = is_open(load_little<std::uint32_t>(file, 4));
    const std::span<const std::byte> chunks = file.first(end);
    Found found;
    for (std::size_t at = kRiffBytes; at < end;) {
        if (end - at < kChunkBytes) {
            return bad_input("the file ends within a chunk's name and size", "a whole file",
                             "copy or record it again");
        }
        VERGE_ASSIGN(at, step(chunks, at, is_streamed, found));
    }
    if (!found.format || !found.data) {
        return bad_input(std::string("the file has no chunk '") +
                         (found.format ? "data'" : "fmt '"));
    }
    WavHeader header = *found.format;
    header.data = *found.data;
    return header;
}

}  // namespace verge::wav
