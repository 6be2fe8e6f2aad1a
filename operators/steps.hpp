#pragma once
// How a runtime finds the kernel of each step, once, before it runs. Freestanding.

#include <cstdint>

#include "operators/kernel.hpp"

namespace verge {

/// What runs the steps: the kernels that were linked, and what the CPU has.
struct Machine {
    KernelSet kernels;
    std::uint16_t features = cpu::compiled();
};

/// Stands in a table of resolved steps for one that does not run: a foreign step whose accelerator
/// is not here, so that the steps that it replaces run instead.
inline constexpr std::uint16_t kReplaced = 0xffff;

/// Scratch that a plan places starts on a multiple of it, in a region whose first byte does too.
inline constexpr std::uint32_t kScratchAlignment = 16;

/// The index in machine.kernels of the kernel that runs step `index`, its bounds and its scratch
/// proven; or kReplaced. Fault::at is the step.
Result<std::uint16_t> resolve_step(const plan::View& plan,
                                   const Machine& machine,
                                   std::uint32_t index);

/// The same without a look at the scratch that the plan placed: for a runtime that has its own.
Result<std::uint16_t> find_step_kernel(const plan::View& plan,
                                       const Machine& machine,
                                       std::uint32_t index);

/// How many steps after this one need no kernel and do not run where an accelerator does their
/// work.
[[nodiscard]] std::uint32_t replaced_steps(const Call& call);

}  // namespace verge
