// libFuzzer: any bytes as a picture; what is read must survive being written as PNG.

#include <cstdint>
#include <cstdlib>

#include "formats/image/image.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verge::image;
    const ImageLimits limits{.side = 512, .pixels = 1U << 16U};
    const auto file = std::as_bytes(std::span(data, size));
    static_cast<void>(read_image(file, Channels::grey, limits).ok());
    const auto image = read_image(file, Channels::as_stored, limits);
    if (image.ok() && image.value().pixels.size() < 4096 &&
        read_image(write_png(image.value()).value()).value() != image.value()) {
        std::abort();
    }
    return 0;
}
