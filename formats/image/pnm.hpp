#pragma once
// PGM and PPM in their binary forms (P5, P6), as the Netpbm manual pages describe them.

#include <cstddef>
#include <span>

#include "base/outcome.hpp"
#include "formats/image/image.hpp"

namespace verge::image {

/// Grey or RGB as stored; samples of another maximum than 255 are scaled to it, rounded. Bytes
/// after the picture are refused.
[[nodiscard]] Outcome<Image> read_pnm(std::span<const std::byte> file, ImageLimits limits);

/// Says which limit a picture of this size breaks.
[[nodiscard]] Done check_size(std::uint64_t width, std::uint64_t height, ImageLimits limits);

}  // namespace verge::image
