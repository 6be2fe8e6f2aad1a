#pragma once
// What streaming makes of each value, decided before the graph is touched: which columns a run
// computes, which wait in a state, and which operators take the whole window.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/passes/columns.hpp"
#include "compiler/passes/stream.hpp"

namespace verge::compiler {

/// The frames of the window: the input, or what its only reader reshapes it to when it is flat.
struct Frames {
    graph::ValueId value = graph::kNoValue;
    std::size_t axis = 0;
    const graph::Node* reshape = nullptr;
};

/// Nothing when the input has one element only, or more dimensions than a plan describes.
/// Precondition: there is an input.
std::optional<Frames> find_frames(const graph::Graph& graph);

/// The first axis of more than one index.
std::optional<std::size_t> first_axis(const graph::Dims& dims);

struct StreamPlan {
    ColumnsOf columns;  // by value; nothing: computed whole
    std::vector<std::optional<std::int64_t>>
        lowest;                                      // by value: the first kept column that is read
    std::vector<StreamedNode> nodes;                 // for the report
    std::map<graph::ValueId, std::size_t> entry_of;  // by output of a node: in `nodes`
    std::int64_t state_bytes = 0;
    std::int64_t macs = 0;  // of a run
};

/// Columns of a state whose first one is column `first`, with all its phases.
[[nodiscard]] std::int64_t state_columns(const Columns& columns, std::int64_t first);

/// The columns that a run computes: before the kept ones (where there are any), and behind.
[[nodiscard]] std::vector<ColumnRange> computed_columns(const Columns& columns);

/// The plan with the fewest multiply-accumulates whose states take no more than the options allow:
/// bad_input when not even the frames of the window fit.
Outcome<StreamPlan> plan_stream(const graph::Graph& graph,
                                const Frames& frames,
                                const StreamOptions& options);

}  // namespace verge::compiler
