#pragma once
// An accelerator that is none: it runs tiny programs over int8 tensors, through a local memory of
// 64 bytes. It proves that foreign steps work; real ones (an NPU, TensorRT) plug in the same way.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "operators/kernel.hpp"

namespace verge::fake {

/// The layout id that foreign steps of this accelerator carry.
inline constexpr std::uint8_t kLayout = 255;

/// Bytes of scratch that it needs: its local memory.
inline constexpr std::uint32_t kLocalBytes = 64;

enum class Opcode : std::uint8_t {
    add = 1,     // x + constant, saturated
    negate = 2,  // -x, saturated; the constant is not looked at
};

struct Instruction {
    Opcode opcode;
    std::int8_t constant;
};

/// The blob: "FAKE", how many instructions (1 to 16), then two bytes for each.
[[nodiscard]] std::vector<std::uint8_t> blob_of(const std::vector<Instruction>& program);

/// The kernel that a runtime is handed: inputs x s8 and the blob, output y s8 of as many elements.
[[nodiscard]] KernelEntry kernel();

}  // namespace verge::fake
