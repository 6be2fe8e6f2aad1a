#pragma once
// The call from an emulated board to the machine that emulates it. Operations and argument blocks:
// Arm, "Semihosting for AArch32 and AArch64"; RISC-V uses the same. Freestanding.

#include <cstdint>

namespace verge::board {

// NOLINTNEXTLINE(performance-enum-size): a register of the call holds it
enum class Semihost : std::uint32_t {
    open = 0x01,
    close = 0x02,
    put_text = 0x04,
    write = 0x05,
    read = 0x06,
    file_length = 0x0c,
    exit_extended = 0x20,
};

/// One call; `argument` is the operation's block or string. Each port defines it with its trap
/// instruction.
extern "C" std::intptr_t verge_semihost(Semihost operation, const void* argument) noexcept;

}  // namespace verge::board
