#pragma once
// Where the columns of a value lie in its state, and a range of columns put together from what is
// computed and what is kept.

#include <cstdint>
#include <map>
#include <utility>

#include "compiler/passes/columns.hpp"

namespace verge::compiler {

/// Columns [first, interior.last) of a value as they were when they were computed, oldest first.
/// With several phases those of one window stand `phases` apart.
struct Ring {
    graph::ValueId state = graph::kNoValue;
    std::int64_t first = 0;
    std::int64_t length = 0;  // columns of all phases
};

/// A value of the window form in the streamed graph.
struct Parts {
    Columns columns;
    graph::ValueId before = graph::kNoValue;  // columns [0, columns.before)
    graph::ValueId behind = graph::kNoValue;  // from kept().last on
    Ring ring;
};

/// Builds nodes of the streamed graph.
class ColumnBuilder {
public:
    explicit ColumnBuilder(graph::Graph& graph) : graph_(graph) {}

    /// A value with these columns of `value`, whose parts these are; made once.
    graph::ValueId take(graph::ValueId value, const Parts& parts, ColumnRange range);

    /// A new activation like `value`, with another number of columns.
    graph::ValueId add_like(graph::ValueId value, std::size_t axis, std::int64_t columns);

    /// `count` columns from `first` on of a value that is made, every `stride`-th.
    graph::ValueId slice(graph::ValueId value,
                         std::size_t axis,
                         ColumnRange range,
                         std::int64_t stride = 1);

private:
    graph::ValueId from_ring(const Parts& parts, ColumnRange range);
    graph::ValueId join(std::size_t axis, const std::vector<graph::ValueId>& pieces);

    graph::Graph& graph_;
    std::map<std::pair<graph::ValueId, std::int64_t>, std::map<std::int64_t, graph::ValueId>>
        taken_;  // by value and first column, then by last column
};

}  // namespace verge::compiler
