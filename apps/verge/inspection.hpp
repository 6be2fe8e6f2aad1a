#pragma once
// What a model or plan holds and costs, as `verge inspect` shows it.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "apps/verge/memory_map.hpp"
#include "apps/verge/model.hpp"
#include "apps/verge/tensors.hpp"

namespace verge::apps {

/// One operator of a model, or one step of a plan.
struct OperatorInfo {
    std::size_t index;
    std::string kind;
    std::string name;
    std::string output;                      // "s8[1,12]" of its first output
    std::optional<std::uint64_t> macs = {};  // where the file says enough to count them
    std::string reason = {};                 // why it cannot be run; empty: it can
    std::string kernel = {};                 // of a step: what runs it on the plan's target
};

/// A named number of bytes: a section or a region of a plan.
struct Part {
    std::string name;
    std::uint64_t bytes;
};

struct Inspection {
    std::string format;  // "tflite" or "plan"
    std::string target;  // for which memory is counted
    std::vector<PortInfo> inputs = {};
    std::vector<PortInfo> outputs = {};
    std::vector<std::pair<std::string, std::string>> metadata = {};
    std::vector<OperatorInfo> operators = {};
    std::uint64_t weights_bytes = 0;  // constants of the plan; of the file where there is no plan
    /// From here on only where there is a plan: the file is one, or every operator can be run.
    std::optional<MemoryMap> memory = {};
    std::uint64_t arena_bytes = 0;  // arena, state and tables
    std::vector<std::string> steps = {};
    std::vector<Part> sections = {};  // these two of a plan file only
    std::vector<Part> regions = {};
    std::string not_compiled_because = {};  // empty where there is a plan
};

/// A .tflite file, also one with operators that cannot be run or contradict themselves; memory as
/// `target` needs it.
Outcome<Inspection> inspect_tflite(const ModelFile& model, const compiler::Target& target);

Outcome<Inspection> inspect_plan(const ModelFile& model);

}  // namespace verge::apps
