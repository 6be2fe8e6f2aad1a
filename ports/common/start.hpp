#pragma once
// What start-up code has in common once the core has a stack: memory, then the firmware.
// Freestanding.

#include <cstddef>
#include <cstdint>

extern "C" {
// Set by the linker script; only their addresses mean anything. The names are the linker's.
// NOLINTBEGIN(bugprone-*,readability-identifier-naming)
extern std::uint32_t __stack_limit[];
extern std::uint32_t __stack_top[];
extern std::uint32_t __data_start[];
extern std::uint32_t __data_end[];
extern const std::uint32_t __data_load[];
extern std::uint32_t __bss_start[];
extern std::uint32_t __bss_end[];
extern std::byte __nvm_start[];
extern std::byte __nvm_end[];
// NOLINTEND(bugprone-*,readability-identifier-naming)

/// Paints the stack, sets .data and .bss, runs verge_main and stops with its value.
[[noreturn]] void verge_start();
}

namespace verge::board {

/// Prints `name` and `value` as a line, for fault handlers: no stack beyond a few words.
void put_register(const char* name, std::uint32_t value);

}  // namespace verge::board
