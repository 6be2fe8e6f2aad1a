#pragma once
// Numbers out of the tensors of a run.

#include <cstddef>
#include <span>
#include <vector>

#include "apps/verge/tensors.hpp"

namespace verge::apps {

/// The elements as real numbers: by the port's scale where it has one, else as they are stored.
[[nodiscard]] std::vector<float> reals_of(const PortInfo& port, std::span<const std::byte> bytes);

/// The mean of the squared differences. Precondition: as many elements in both.
[[nodiscard]] double mean_squared_error(std::span<const float> a, std::span<const float> b);

}  // namespace verge::apps
