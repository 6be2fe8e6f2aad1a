#pragma once
// The lamps read back, for tests: what set_led() did to the board's register. Freestanding.

#include <cstdint>

namespace verge::board {

/// The lamps as the board's register holds them: bit i is lamp i.
[[nodiscard]] std::uint32_t leds();

}  // namespace verge::board
