#pragma once
// How a dense output is cut into tiles where every element is made by itself. Freestanding.

#include <cstdint>

#include "operators/kernel.hpp"

namespace verge::elementwise {

/// Output elements of one tile.
inline constexpr std::uint32_t kTileElements = 4096;

/// Output elements [first, last).
struct Range {
    std::uint32_t first;
    std::uint32_t last;
};

[[nodiscard]] inline std::uint32_t tiles_of(const Call& call) {
    return (plan::element_count(call.output(0)) - 1U) / kTileElements + 1U;
}

/// The elements that the tiles stand for.
[[nodiscard]] inline Range range_of(const Call& call, Tiles tiles) {
    const std::uint32_t count = plan::element_count(call.output(0));
    const std::uint32_t all = (count - 1U) / kTileElements + 1U;
    return {tiles.first * kTileElements, tiles.last >= all ? count : tiles.last * kTileElements};
}

}  // namespace verge::elementwise
