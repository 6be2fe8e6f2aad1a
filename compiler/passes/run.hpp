#pragma once
// The one funnel through which all passes run: names, times, dumps, and a look at the graph after
// each.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/outcome.hpp"
#include "compiler/passes/pass.hpp"

namespace verge::compiler {

struct PassReport {
    std::string name;
    bool has_changed = false;
    double milliseconds = 0;
};

struct PassOptions {
    /// Nanoseconds of a steady clock; without one all times are 0.
    std::function<std::int64_t()> now_ns = {};

    /// Called after each pass that changed the graph, before the graph is verified.
    std::function<void(std::string_view pass, const graph::Graph&)> dump = {};

    /// Names of passes that are skipped.
    std::vector<std::string> disabled = {};
};

/// Runs the passes in their order; the Error names the pass that broke the graph, or a disabled
/// name that no pass has.
Outcome<std::vector<PassReport>> run_passes(graph::Graph& graph,
                                            std::span<const Pass> passes,
                                            const PassOptions& options);

}  // namespace verge::compiler
