#pragma once
// Small plans that hold, together, every operator: what hostile plans are made of.

#include <string>
#include <vector>

#include "base/outcome.hpp"

namespace verge::fuzz {

struct NamedPlan {
    std::string name;
    std::vector<std::byte> file;
};

/// The small models compiled for three targets, steps that the compiler would do without, and one
/// with a foreign step. The Error names the model that does not compile.
Outcome<std::vector<NamedPlan>> small_plans();

}  // namespace verge::fuzz
