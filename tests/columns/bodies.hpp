#pragma once
// A network for keywords as calls of kernel bodies, one behind the other: no interpreter, no plan
// but as the place of the constants. For tests.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "plan/plan.hpp"

namespace verge::test {

/// What the reference bodies make of an int8 input: a convolution, pairs of depthwise and 1x1
/// convolutions, average pooling, a fully connected layer, softmax. Precondition: the steps of the
/// canonical plan are these.
[[nodiscard]] std::vector<std::int8_t> run_bodies(const plan::View& plan,
                                                  std::span<const std::byte> input);

}  // namespace verge::test
