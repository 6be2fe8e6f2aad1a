#pragma once
// The whole road from a model file to a plan, with the report that `verge compile` prints.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/outcome.hpp"
#include "compiler/emit.hpp"
#include "compiler/passes/run.hpp"
#include "compiler/passes/stream.hpp"
#include "compiler/target.hpp"
#include "graph/graph.hpp"

namespace verge::compiler {

struct CompileOptions {
    Target target;
    bool keeps_names = true;
    PassOptions passes = {};

    /// With frames: the plan takes that many new frames a run instead of a whole window.
    StreamOptions stream = {};
};

struct Compiled {
    std::vector<std::byte> plan;  // place it on a multiple of 64
    ArenaReport arena;
    std::vector<PassReport> passes;
    std::vector<std::string> kernels;       // the lines of VERGE_ENTRY that a firmware needs
    std::vector<std::string> kernel_names;  // by step
    std::uint64_t macs = 0;
    std::uint64_t window_macs = 0;      // before streaming; macs when that was not asked for
    StreamReport stream;                // empty when streaming was not asked for
    std::uint64_t workspace_bytes = 0;  // arena, state and table: what the runtime needs in RAM
    std::uint64_t weights_bytes = 0;    // constants in the plan
    std::uint64_t code_bytes_estimate = 0;
};

/// A model file of any known format (.tflite) as a graph. `owner` keeps `file` alive.
Outcome<graph::Graph> import_model(std::span<const std::byte> file,
                                   const std::shared_ptr<const void>& owner);

/// Runs the passes and emits. The Error names the pass, node or size that stands in the way.
Outcome<Compiled> compile(graph::Graph graph, const CompileOptions& options);

}  // namespace verge::compiler
