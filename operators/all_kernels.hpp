#pragma once
// Every kernel built into this library, oldest flavour first. MCU firmware lists its own instead.
// The lists name every ISA; generated/operators/built_flavours.hpp drops those not built here.

#include "operators/built_flavours.hpp"
#include "operators/kernel.hpp"

namespace verge {

/// All kernels of this build.
[[nodiscard]] KernelSet all_kernels();

/// "conv2d_s8_s8_s8_ref": the name of a kernel of all_kernels(). For people, tests and benches.
[[nodiscard]] const char* kernel_name(const KernelEntry& entry);

}  // namespace verge
