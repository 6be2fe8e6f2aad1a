#pragma once
// Gives every step of a plan the constants that the best kernel of a CPU reads: the compiler does
// it for the target, the fast runtime for the machine it finds itself on. Hosted.

#include <cstdint>

#include "base/outcome.hpp"
#include "base/result.hpp"
#include "plan/draft.hpp"

namespace verge {

/// Unpacks what is packed for another CPU and packs for one with `features` (0: everything ends in
/// the canonical layout). Constants that nobody reads any more are dropped; `alignment` is that of
/// each constant. True when anything changed. Memory and scratch are not touched.
bool repack(plan::Draft& draft, std::uint16_t features, std::uint32_t alignment);

/// True when a CPU with `features` has a kernel for every layout in the plan.
[[nodiscard]] bool is_packed_for(const plan::View& plan, std::uint16_t features);

/// The first step that its operator's check refuses (Fault::at), or kOk. Packing and unpacking
/// trust descriptors as kernels do: call it first for a plan from outside.
[[nodiscard]] Fault check_steps(const plan::View& plan);

/// Drops constants and tensors that no step and no port reads, unless tensors share so many
/// constants that nothing would be won.
void drop_unread(plan::Draft& draft, std::uint32_t alignment);

/// Gives each step the scratch operand that its layout's kernels ask for, in arena 0 at offset 0.
/// The Error says that they are more tensors than a plan can have; the draft is of no use then.
Done add_scratch(plan::Draft& draft);

}  // namespace verge
