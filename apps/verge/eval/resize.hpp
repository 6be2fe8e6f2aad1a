#pragma once
// Pictures in another size.

#include <cstdint>

#include "formats/image/image.hpp"

namespace verge::apps {

/// Bilinear, pixel centres at halves, edges repeated. `smooths`: a shrinking picture is averaged
/// over all pixels that fall on a new one (a triangle as wide as two new pixels); otherwise only
/// the two nearest pixels of each line count. Rounded once, halves up. Precondition: width, height
/// and the image are not empty.
[[nodiscard]] image::Image resize_bilinear(const image::Image& picture,
                                           std::uint32_t width,
                                           std::uint32_t height,
                                           bool smooths);

}  // namespace verge::apps
