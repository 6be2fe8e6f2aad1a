#pragma once
// What the generated part of a firmware gives to its main program: the plan, the kernels that it
// needs, and memory. Freestanding; `verge` writes the definitions (apps/verge/firmware.cpp).

#include <cstddef>
#include <span>

#include "operators/kernel.hpp"

namespace verge::firmware {

/// The plan, in flash, on a multiple of 64.
[[nodiscard]] std::span<const std::byte> plan();

/// Exactly the kernels that the plan needs.
[[nodiscard]] KernelSet kernels();

/// tiny::Workspace::main: as many bytes as the plan needs, on a multiple of 64.
[[nodiscard]] std::span<std::byte> workspace();

}  // namespace verge::firmware
