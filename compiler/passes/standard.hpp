#pragma once
// The passes that every compilation runs, in their order.

#include <span>

#include "compiler/passes/pass.hpp"

namespace verge::compiler {

[[nodiscard]] std::span<const Pass> standard_passes();

}  // namespace verge::compiler
