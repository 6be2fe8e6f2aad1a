#pragma once
// A plan as C++: one direct kernel call for each step, on constant plain data. No plan, no checks
// and no tables are left for the board to read.

#include <cstddef>
#include <string>
#include <vector>

#include "base/outcome.hpp"
#include "plan/plan.hpp"

namespace verge::apps {

struct EmittedModel {
    std::string source;                // defines what ports/common/emitted_model.hpp declares
    std::vector<std::byte> constants;  // goes to the section .model, on a multiple of 64
    std::uint64_t memory_bytes = 0;    // arenas and state
};

/// `features` are those of the CPU that the plan was compiled for. Unsupported: plans with foreign
/// steps, which choose at start-up, and with buffers of the caller.
Outcome<EmittedModel> emit_model(const plan::View& plan, std::uint16_t features);

/// Writes model.cpp, weights.s (the section .model) and constants.bin, which it includes, into
/// `folder`; created when only its last component is missing.
Done write_emitted(const EmittedModel& model, const std::string& folder);

}  // namespace verge::apps
