#pragma once
// What the engine asks of a board: eight functions, and the one that the board calls. Freestanding.
// A port defines all of them; nothing above ports/ may ask which board it runs on.

#include <cstddef>
#include <cstdint>
#include <span>

namespace verge::board {

/// Microseconds since the board started; never runs backwards.
[[nodiscard]] std::uint64_t now_us();

/// Writes zero-terminated `text` to the board's console, and returns when it is taken.
void put_text(const char* text);

/// Returns when now_us() is at least `wake_us`; sleeps as deeply as the board can in between.
void sleep_until(std::uint64_t wake_us);

/// Fills `into` from byte `offset` of the board's data flash. False, and nothing read, when the
/// range does not lie in it.
[[nodiscard]] bool flash_read(std::uint32_t offset, std::span<std::byte> into);

/// Writes `from` at byte `offset` of the data flash, erasing as needed; other bytes keep their
/// values. False, and nothing written, when the range does not lie in it.
[[nodiscard]] bool flash_write(std::uint32_t offset, std::span<const std::byte> from);

/// Fills `into` with bytes from the board's source of entropy, fit for keys. Panics when it has
/// none.
void random(std::span<std::byte> into);

/// Restarts the board as after power-on.
[[noreturn]] void reset();

/// Says why on the console and stops for good: for what only a bug can cause.
[[noreturn]] void panic(const char* reason);

}  // namespace verge::board

/// The firmware's own entry, called by the start-up code once .data and .bss are set. Its value is
/// the exit status under emulation; elsewhere returning from it is a panic.
extern "C" int verge_main();
