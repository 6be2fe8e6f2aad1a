#pragma once
// The board's lamps: one function. Every port has at least two, 0 and 1. Freestanding.

#include <cstdint>

namespace verge::board {

/// Switches lamp `index` on or off. Precondition: index < 32; a lamp that the board lacks is
/// ignored.
void set_led(std::uint32_t index, bool on);

}  // namespace verge::board
