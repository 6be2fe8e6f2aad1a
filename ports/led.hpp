#pragma once
// The board's lamps. Every port has at least two, 0 and 1. Freestanding.

#include <cstdint>

namespace verge::board {

/// Switches lamp `index` on or off. Precondition: index < 32; a lamp that the board lacks is
/// ignored.
void set_led(std::uint32_t index, bool on);

/// The lamps as the board's register holds them: bit i is lamp i.
[[nodiscard]] std::uint32_t leds();

}  // namespace verge::board
