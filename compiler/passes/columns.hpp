#pragma once
// The time axis of a model that looks at a window of a stream: which columns (positions in time) of
// each value are those of the window before, only moved, and what each operator reads for one.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/outcome.hpp"
#include "graph/graph.hpp"

namespace verge::compiler {

/// Half-open.
struct ColumnRange {
    std::int64_t first = 0;
    std::int64_t last = 0;

    [[nodiscard]] std::int64_t count() const { return last - first; }

    [[nodiscard]] bool is_empty() const { return last <= first; }

    bool operator==(const ColumnRange&) const = default;
};

/// The columns of a value. All axes before the time axis have the extent 1, so that a column is one
/// piece of memory.
struct Columns {
    std::size_t axis = 0;     // of its dims
    std::int64_t count = 0;   // in window form
    std::int64_t stride = 1;  // frames of the input from one column to the next
    ColumnRange interior;     // what no padding has touched: the same in every window, but moved

    // How a stream of `hop` frames a run moves them; 0 phases: no column is ever met again.
    std::int64_t fresh = 0;   // interior columns that a run brings
    std::int64_t phases = 0;  // runs until columns lie where they lay before
    std::int64_t before = 0;  // columns computed before the kept ones: all that are not interior

    /// Interior columns that a run need not compute: those of `phases` runs before.
    [[nodiscard]] ColumnRange kept() const {
        return {before, phases == 0 ? before : interior.last - fresh};
    }

    [[nodiscard]] bool is_streamed() const { return !kept().is_empty(); }
};

/// What one output column reads of each input that has columns: column * stride - pad, and
/// extent - 1 columns behind it; fewer at the borders.
struct Reach {
    std::int64_t stride = 1;
    std::int64_t extent = 1;
    std::int64_t pad = 0;
};

/// An operator that works column by column.
struct Motion {
    Columns output;
    Reach reach;
};

/// Columns by value; nothing for constants and for values that a run computes whole.
using ColumnsOf = std::vector<std::optional<Columns>>;

/// Sets fresh, phases and before for a stream of `hop` frames a run.
void set_hop(Columns& columns, std::int64_t hop);

/// How `node` works along time when some of its inputs have columns. The Error says why it needs
/// all of them at once (found).
Outcome<Motion> motion_of(const graph::Graph& graph,
                          const graph::Node& node,
                          const ColumnsOf& columns);

/// The input columns that the output columns `range` read, none beyond those there are.
ColumnRange reached(const Reach& reach, ColumnRange range, std::int64_t input_count);

/// The first axis of `dims` of that extent with nothing but ones before it.
std::optional<std::size_t> find_axis(const graph::Dims& dims, std::int64_t extent);

}  // namespace verge::compiler
