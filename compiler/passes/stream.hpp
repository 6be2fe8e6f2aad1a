#pragma once
// Streaming: a model that looks at a window of a stream becomes one that is given what is new, and
// says the same, bit for bit. Columns that no padding has touched are the ones of the window
// before, only moved: they wait in states (slide). Those that padding touches are computed again.

#include <cstdint>
#include <string>
#include <vector>

#include "base/outcome.hpp"
#include "graph/graph.hpp"

namespace verge::compiler {

struct StreamOptions {
    std::int64_t frames = 0;  // new ones on the time axis for each run; 0: no streaming

    /// States start as if frames of zeros (zero points) had come for ever. False: they start as
    /// zero bytes and the plan carries no first contents; what the runs before `runs_until_full`
    /// say then belongs to no window.
    bool starts_filled = true;

    /// What the states may take together; 0: as much as there is to keep. With less, more columns
    /// are computed again before the kept ones, so that states hold the end of the window only, or
    /// operators far from the input compute their whole window.
    std::int64_t most_state_bytes = 0;
};

/// What became of one operator of the window form that reads columns of the stream.
struct StreamedNode {
    std::string name;
    std::string op;
    std::int64_t columns = 0;   // of its output in window form; 0: it has no time axis
    std::int64_t computed = 0;  // of them in each run
    std::int64_t state_bytes = 0;
    std::string reason;  // why nothing of it is kept; empty when something is
};

struct StreamReport {
    bool is_streamed = false;
    std::int64_t frames = 0;         // of a run
    std::int64_t window_frames = 0;  // of the window form
    std::int64_t runs_until_full = 0;
    std::int64_t state_bytes = 0;
    std::vector<StreamedNode> nodes;
    std::string reason;  // why the model stays as it is; empty when it is streamed
};

/// Rewrites the graph. A model that keeps states of its own stays as it is, and the report says so;
/// bad_input for a hop that is no part of the window. Precondition: verify_rules(graph) is done.
Outcome<StreamReport> stream(graph::Graph& graph, const StreamOptions& options);

}  // namespace verge::compiler
