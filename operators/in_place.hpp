#pragma once
// How far the output of a step may lie over an input, whichever layout its constants have: what the
// compiler asks to place memory, and the fast runtime to know which tiles may run together. Hosted.

#include <cstddef>
#include <cstdint>
#include <optional>

#include "operators/kernel.hpp"

namespace verge {

/// Rule::overlap of the step's operator, or Lowering::overlap of what made its layout.
/// Preconditions: the operator's check took the call, and the call has an output.
[[nodiscard]] std::optional<std::int64_t> overlap_distance(const Call& call, std::size_t input);

/// True when tiles may run in any order, and at once, though output 0 starts where `input` does:
/// every element of the output stands for one of the input. A distance of 0 alone does not say so:
/// a strided window has it too, and its tiles must run in order. Preconditions as above.
[[nodiscard]] bool is_free_in_place(const Call& call, std::size_t input);

}  // namespace verge
