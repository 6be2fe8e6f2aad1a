// libFuzzer: any bytes as a picture; what is read must survive being written as PNG. Checksums of
// PNG chunks are put right first, or hardly an input would get past them.

#include <cstdint>
#include <cstdlib>
#include <vector>

#include <zlib.h>

#include "formats/byte_order.hpp"
#include "formats/image/image.hpp"

namespace {

constexpr std::size_t kSignatureBytes = 8;
constexpr std::size_t kFrameBytes = 12;  // length, name, CRC

/// Walks chunks as a PNG has them; harmless for other files, which are random bytes anyway.
void repair_checksums(std::vector<std::byte>& file) {
    std::size_t at = kSignatureBytes;
    while (file.size() >= at + kFrameBytes) {
        const std::size_t length = verge::formats::load_big<std::uint32_t>(file, at);
        if (length > file.size() - at - kFrameBytes) {
            return;
        }
        const auto* first = reinterpret_cast<const Bytef*>(file.data() + at + 4);
        const auto crc = static_cast<std::uint32_t>(::crc32_z(0, first, length + 4));
        for (std::size_t i = 0; i < 4; ++i) {
            file[at + 8 + length + i] = static_cast<std::byte>(crc >> (24 - 8 * i));
        }
        at += kFrameBytes + length;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verge::image;
    const ImageLimits limits{.side = 512, .pixels = 1U << 14U};
    const auto bytes = std::as_bytes(std::span(data, size));
    std::vector<std::byte> file(bytes.begin(), bytes.end());
    if (size > 0 && data[0] == 0x89) {
        repair_checksums(file);
    }
    const auto image =
        read_image(file, size % 2 == 0 ? Channels::grey : Channels::as_stored, limits);
    if (image.ok() && image.value().pixels.size() < 1024 &&
        read_image(write_png(image.value()).value()).value() != image.value()) {
        std::abort();
    }
    return 0;
}
