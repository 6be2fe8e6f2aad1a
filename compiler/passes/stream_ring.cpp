#include "compiler/passes/stream_ring.hpp"

#include <algorithm>

#include "operators/concat/op.hpp"
#include "operators/strided_slice/op.hpp"

namespace verge::compiler {

using graph::Node;
using graph::Value;
using graph::ValueId;

ValueId ColumnBuilder::add_like(ValueId value, std::size_t axis, std::int64_t columns) {
    Value copy = graph_[value];
    copy.name += "/" + std::to_string(graph_.value_count());
    copy.kind = graph::ValueKind::activation;
    copy.constant = {};
    copy.dims[axis] = columns;
    return graph_.add(std::move(copy));
}

ValueId ColumnBuilder::slice(ValueId value,
                             std::size_t axis,
                             ColumnRange range,
                             std::int64_t stride) {
    const graph::Dims dims = graph_[value].dims;
    if (range.first == 0 && range.count() == dims[axis]) {
        return value;
    }
    StridedSlice a{};
    for (std::size_t i = 0; i < dims.size(); ++i) {
        a.stride[i] = 1;
        a.count[i] = static_cast<std::int32_t>(dims[i]);
    }
    a.begin[axis] = static_cast<std::int32_t>(range.first);
    a.stride[axis] = static_cast<std::int32_t>(stride);
    a.count[axis] = static_cast<std::int32_t>(range.count());
    const ValueId part = add_like(value, axis, range.count());
    Node node{OpId::strided_slice, graph_[part].name, {value}, {part}, {}};
    graph::set_attributes(node, a);
    graph_.nodes.push_back(std::move(node));
    return part;
}

ValueId ColumnBuilder::join(std::size_t axis, const std::vector<ValueId>& pieces) {
    if (pieces.size() == 1) {
        return pieces[0];
    }
    std::int64_t columns = 0;
    for (const ValueId piece : pieces) {
        columns += graph_[piece].dims[axis];
    }
    const ValueId whole = add_like(pieces[0], axis, columns);
    Node node{OpId::concat, graph_[whole].name, pieces, {whole}, {}};
    graph::set_attributes(node, Concat{static_cast<std::int32_t>(axis)});
    graph_.nodes.push_back(std::move(node));
    return whole;
}

ValueId ColumnBuilder::from_ring(const Parts& parts, ColumnRange range) {
    const Columns& columns = parts.columns;
    const std::int64_t behind = columns.interior.last - 1 - range.first;
    const std::int64_t begin = parts.ring.length - 1 - behind * columns.phases;
    return slice(parts.ring.state, columns.axis, {begin, begin + range.count()}, columns.phases);
}

ValueId ColumnBuilder::take(ValueId value, const Parts& parts, ColumnRange range) {
    ValueId& known =
        taken_[{value, range.first}].try_emplace(range.last, graph::kNoValue).first->second;
    if (known != graph::kNoValue) {
        return known;
    }
    const Columns& columns = parts.columns;
    const std::int64_t fresh = columns.kept().last;
    std::vector<ValueId> pieces;
    std::int64_t at = range.first;
    if (at < columns.before) {
        const std::int64_t end = std::min(range.last, columns.before);
        pieces.push_back(slice(parts.before, columns.axis, {at, end}));
        at = end;
    }
    if (at < range.last && at < fresh) {
        const std::int64_t end = std::min(range.last, columns.interior.last);
        pieces.push_back(from_ring(parts, {at, end}));
        at = end;
    }
    if (at < range.last) {
        pieces.push_back(slice(parts.behind, columns.axis, {at - fresh, range.last - fresh}));
    }
    known = join(columns.axis, pieces);
    return known;
}

}  // namespace verge::compiler
