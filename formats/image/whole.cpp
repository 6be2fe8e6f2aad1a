// Walks the frames of PNG, JPEG and BMP files without decoding them.

#include "formats/image/whole.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>

#include <zlib.h>

#include "formats/byte_order.hpp"

namespace verge::image {
namespace {

using formats::load_big;
using formats::load_little;

constexpr std::size_t kPngSignatureBytes = 8;
constexpr std::size_t kPngFrameBytes = 12;  // length, name, CRC
constexpr std::size_t kBmpHeaderBytes = 26;
constexpr std::size_t kBmpFullHeaderBytes = 34;
constexpr unsigned kMarker = 0xFF;
constexpr unsigned kEndOfImage = 0xD9;
constexpr unsigned kStartOfScan = 0xDA;
constexpr unsigned kHuffmanTables = 0xC4;
constexpr std::size_t kHuffmanHeaderBytes =
    17;  // class and number, then how many codes of each length
constexpr std::size_t kMostHuffmanCodes = 256;

std::string_view text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Error cut_short(std::string_view within) {
    return bad_input("the file ends within " + std::string(within), "a whole picture",
                     "copy it again");
}

bool is_restart(unsigned marker) {
    return marker >= 0xD0 && marker <= 0xD7;
}

unsigned byte_at(std::span<const std::byte> file, std::size_t at) {
    return std::to_integer<unsigned>(file[at]);
}

/// Where the packed data of a scan end: at the next marker that is neither stuffing nor a restart.
std::size_t end_of_scan(std::span<const std::byte> file, std::size_t at) {
    while (at + 1 < file.size()) {
        const unsigned next = byte_at(file, at + 1);
        if (byte_at(file, at) == kMarker && next != 0 && next != kMarker && !is_restart(next)) {
            return at;
        }
        ++at;
    }
    return file.size();
}

/// The length of a segment that begins at `at`, its two length bytes included.
Outcome<std::size_t> segment_bytes(std::span<const std::byte> file, std::size_t at) {
    const std::size_t bytes = file.size() - at < 2 ? 0 : load_big<std::uint16_t>(file, at);
    if (bytes > file.size() - at || file.size() - at < 2) {
        return cut_short("a segment of the JPEG");
    }
    if (bytes < 2) {
        return bad_input("a segment of the JPEG claims " + std::to_string(bytes) + " bytes",
                         "at least 2");
    }
    return bytes;
}

/// A table has at most 256 codes. stb_image of Debian 12 believes the counts and writes past its
/// table when they sum to more.
Done check_huffman_tables(std::span<const std::byte> tables) {
    while (!tables.empty()) {
        std::size_t codes = 0;
        for (std::size_t i = 1; i < std::min(tables.size(), kHuffmanHeaderBytes); ++i) {
            codes += std::to_integer<std::size_t>(tables[i]);
        }
        if (codes > kMostHuffmanCodes || tables.size() < kHuffmanHeaderBytes + codes) {
            return bad_input(
                "a Huffman table of the JPEG claims " + std::to_string(codes) + " codes",
                "at most 256, and within its segment", "save it again");
        }
        tables = tables.subspan(kHuffmanHeaderBytes + codes);
    }
    return done();
}

/// A BMP's picture: 16-bit sizes in the oldest header, 32-bit ones since.
struct BmpSize {
    std::uint64_t width;
    std::uint64_t height;
    std::uint64_t bits;
};

BmpSize bmp_size(std::span<const std::byte> file) {
    if (load_little<std::uint32_t>(file, 14) == 12) {
        return {load_little<std::uint16_t>(file, 18), load_little<std::uint16_t>(file, 20),
                load_little<std::uint16_t>(file, 24)};
    }
    const auto height = static_cast<std::int32_t>(load_little<std::uint32_t>(file, 22));
    return {load_little<std::uint32_t>(file, 18),
            static_cast<std::uint64_t>(std::abs(std::int64_t{height})),
            load_little<std::uint16_t>(file, 28)};
}

}  // namespace

Outcome<Kind> kind_of(std::span<const std::byte> file) {
    struct Row {
        std::string_view begin;
        Kind kind;
    };

    constexpr std::array kKinds = {Row{"\x89PNG\r\n\x1a\n", Kind::png},
                                   Row{"\xFF\xD8\xFF", Kind::jpeg}, Row{"BM", Kind::bmp},
                                   Row{"P5", Kind::pnm}, Row{"P6", Kind::pnm}};
    for (const Row& row : kKinds) {
        if (text_of(file).starts_with(row.begin)) {
            return row.kind;
        }
    }
    return bad_input("the file does not begin as a picture does",
                     "JPEG, PNG, BMP, PGM (P5) or PPM (P6)");
}

Done check_png(std::span<const std::byte> file) {
    for (std::size_t at = kPngSignatureBytes; file.size() - at >= kPngFrameBytes;) {
        const std::size_t length = load_big<std::uint32_t>(file, at);
        const std::string_view name = text_of(file.subspan(at + 4, 4));
        if (length > file.size() - at - kPngFrameBytes) {
            return cut_short("chunk '" + std::string(name) + "'");
        }
        const std::span<const std::byte> summed = file.subspan(at + 4, length + 4);
        const auto crc = static_cast<std::uint32_t>(
            ::crc32_z(0, reinterpret_cast<const Bytef*>(summed.data()), summed.size()));
        if (crc != load_big<std::uint32_t>(file, at + 8 + length)) {
            return bad_input("a chunk of the PNG differs from its CRC-32", {}, "copy it again");
        }
        if (name == "IEND") {
            return done();
        }
        at += kPngFrameBytes + length;
    }
    return cut_short("the PNG's chunks, before IEND");
}

Done check_jpeg(std::span<const std::byte> file) {
    std::size_t at = 2;
    while (file.size() - at >= 2) {
        const unsigned marker = byte_at(file, at + 1);
        if (byte_at(file, at) != kMarker || marker == 0) {
            return bad_input("the JPEG has stray bytes between its segments",
                             "a marker at byte " + std::to_string(at), "save it again");
        }
        if (marker == kEndOfImage) {
            return done();
        }
        if (marker == kMarker) {
            ++at;  // fill byte
            continue;
        }
        VERGE_ASSIGN(const std::size_t bytes, segment_bytes(file, at + 2));
        if (marker == kHuffmanTables) {
            VERGE_CHECK(check_huffman_tables(file.subspan(at + 4, bytes - 2)));
        }
        at += 2 + bytes;
        at = marker == kStartOfScan ? end_of_scan(file, at) : at;
    }
    return cut_short("the JPEG's data, before its end-of-image marker");
}

Done check_bmp(std::span<const std::byte> file) {
    if (file.size() < kBmpHeaderBytes) {
        return cut_short("the BMP's header");
    }
    const bool is_oldest = load_little<std::uint32_t>(file, 14) == 12;
    if (!is_oldest && file.size() < kBmpFullHeaderBytes) {
        return cut_short("the BMP's header");
    }
    const std::uint32_t packing = is_oldest ? 0 : load_little<std::uint32_t>(file, 30);
    if (packing == 1 || packing == 2) {
        return unsupported("the BMP is run-length packed", "an uncompressed BMP");
    }
    const BmpSize size = bmp_size(file);
    if (size.width >= 1U << 24 || size.height >= 1U << 24 || size.bits > 32) {
        return bad_input("the BMP claims " + std::to_string(size.width) + "x" +
                             std::to_string(size.height) + " pixels of " +
                             std::to_string(size.bits) + " bits",
                         "a size below 2^24 and at most 32 bits");
    }
    const std::uint64_t row_bytes = (size.width * size.bits + 31) / 32 * 4;
    const std::uint64_t first = load_little<std::uint32_t>(file, 10);
    if (first + row_bytes * size.height > file.size()) {
        return cut_short("the BMP's rows");
    }
    return done();
}

}  // namespace verge::image
