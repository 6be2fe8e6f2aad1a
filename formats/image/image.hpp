#pragma once
// Pictures: JPEG, PNG, BMP, PGM and PPM to 8-bit pixels, and back to PNG and PPM.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/outcome.hpp"

namespace verge::image {

/// Rows from the top, pixels from the left, channels together: 1 grey, 2 grey and alpha, 3 RGB,
/// 4 RGB and alpha. pixels.size() == width * height * channels.
struct Image {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::uint32_t channels = 0;
    std::vector<std::uint8_t> pixels;

    bool operator==(const Image&) const = default;
};

/// The channels a caller wants. Colour to grey weighs about 0.30, 0.59 and 0.11; alpha is dropped.
enum class Channels : std::uint8_t { as_stored = 0, grey = 1, rgb = 3 };

/// Held against what the file claims before a pixel is decoded.
struct ImageLimits {
    std::uint32_t side = 16384;
    std::uint64_t pixels = std::uint64_t{1} << 26;
};

/// The picture; a file that ends early, is broken or above the limits is refused.
[[nodiscard]] Outcome<Image> read_image(std::span<const std::byte> file,
                                        Channels channels = Channels::as_stored,
                                        ImageLimits limits = {});

/// Refuse an Image whose bytes do not fit its size. PPM takes 1 or 3 channels (P5 or P6).
[[nodiscard]] Outcome<std::vector<std::byte>> write_png(const Image& image);
[[nodiscard]] Outcome<std::vector<std::byte>> write_ppm(const Image& image);

}  // namespace verge::image
