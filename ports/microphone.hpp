#pragma once
// A board's microphone: three functions. A driver fills a ring of its own from an interrupt or by
// DMA; the firmware empties it and sleeps in between. Freestanding.

#include <cstddef>
#include <cstdint>
#include <span>

namespace verge::board {

/// Begins to take samples: one channel, 16 bits, `rate_hz` a second. False: there is no microphone,
/// or it cannot take that many.
[[nodiscard]] bool microphone_start(std::uint32_t rate_hz);

/// Sleeps until samples are there, and moves at most into.size() of them, oldest first. 0 is the
/// end of the sound, which only an emulated microphone has. Precondition: started, `into` is not
/// empty.
[[nodiscard]] std::size_t microphone_read(std::span<std::int16_t> into);

/// Switches the microphone off. Returns how many samples were lost since the start because the
/// firmware came too late.
std::uint32_t microphone_stop();

}  // namespace verge::board
