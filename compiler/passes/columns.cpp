#include "compiler/passes/columns.hpp"

#include <algorithm>
#include <array>

#include "compiler/passes/members.hpp"
#include "operators/concat/op.hpp"
#include "operators/mean/op.hpp"
#include "operators/pad/op.hpp"
#include "operators/strided_slice/op.hpp"
#include "operators/transpose/op.hpp"

namespace verge::compiler {
namespace {

using graph::Dims;
using graph::Graph;
using graph::Node;
using graph::Value;
using graph::ValueId;

Error whole(std::string why) {
    return unsupported(std::move(why));
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

/// Output columns all of whose taps are interior columns of the input.
ColumnRange interior_of(const Reach& reach, ColumnRange input, std::int64_t count) {
    const std::int64_t first = -floor_div(-(input.first + reach.pad), reach.stride);
    const std::int64_t last = floor_div(input.last + reach.pad - reach.extent, reach.stride) + 1;
    ColumnRange range{std::clamp<std::int64_t>(first, 0, count),
                      std::clamp<std::int64_t>(last, 0, count)};
    range.last = std::max(range.first, range.last);
    return range;
}

/// The attribute of a sliding window along rows (axis 1) or columns (axis 2) of images.
std::int32_t window_member(const Node& node, const char* name, std::size_t axis) {
    return get_int(node, std::string(name) + (axis == 1 ? "_h" : "_w"));
}

Outcome<Reach> reach_of_window(const Node& node, const Columns& input) {
    if (input.axis != 1 && input.axis != 2) {
        return whole("its windows do not slide along time");
    }
    const std::int64_t dilation =
        std::max<std::int64_t>(1, window_member(node, "dilation", input.axis));
    const std::int64_t kernel = window_member(node, "kernel", input.axis);
    if (kernel < 1 || window_member(node, "stride", input.axis) < 1) {
        return whole("its windows do not move");
    }
    return Reach{window_member(node, "stride", input.axis), (kernel - 1) * dilation + 1,
                 get_int(node, input.axis == 1 ? "pad_top" : "pad_left")};
}

/// Operators whose output element depends on the input element there alone, and on constants.
bool is_elementwise(OpId op) {
    constexpr std::array kOps = {OpId::clamp,    OpId::leaky_relu, OpId::prelu,    OpId::hard_swish,
                                 OpId::lookup,   OpId::logistic,   OpId::tanh,     OpId::add,
                                 OpId::sub,      OpId::mul,        OpId::div,      OpId::minimum,
                                 OpId::maximum,  OpId::cast,       OpId::quantize, OpId::dequantize,
                                 OpId::floor_mod};
    return std::ranges::find(kOps, op) != kOps.end();
}

/// True when a constant that broadcasts to `rank` dimensions is the same at every time.
bool is_timeless(const Value& constant, std::size_t rank, std::size_t axis) {
    const std::size_t behind = rank - axis;  // counted from the last dimension
    return constant.dims.size() < behind || constant.dims[constant.dims.size() - behind] == 1;
}

/// Whether `other`, which is no column of `lead`, goes with every column alike.
Done check_constant(const Graph& graph, const Node& node, const Value& other, const Columns& lead) {
    if (!other.is_constant()) {
        return whole("'" + other.name + "' is another in each window");
    }
    const bool has_elements =
        is_elementwise(node.op) && node.op != OpId::lookup && node.op != OpId::dequantize;
    if (node.op == OpId::concat ||
        (has_elements && !is_timeless(other, graph[node.outputs[0]].dims.size(), lead.axis))) {
        return whole("'" + other.name + "' differs from one time to the next");
    }
    return done();
}

/// Operands: columns that move like those of input `lead`, or constants without a time.
Done check_operands(const Graph& graph,
                    const Node& node,
                    const ColumnsOf& columns,
                    std::size_t lead) {
    const Columns& first = *columns[graph::index(node.inputs[lead])];
    const std::size_t rank = graph[node.inputs[lead]].dims.size();
    for (const ValueId input : node.inputs) {
        if (input == graph::kNoValue) {
            continue;
        }
        const auto& moved = columns[graph::index(input)];
        if (!moved.has_value()) {
            VERGE_CHECK(check_constant(graph, node, graph[input], first));
        } else if (moved->count != first.count || moved->stride != first.stride ||
                   moved->axis != first.axis || graph[input].dims.size() != rank) {
            return whole("its inputs move unlike in time");
        }
    }
    return done();
}

/// Whether rows of the flat weights' input are parts of columns.
bool has_whole_rows(const Graph& graph, const Node& node, const Columns& input) {
    const Value& x = graph[node.inputs[0]];
    const Value& weights = graph[node.inputs[1]];
    return weights.dims.size() == 2 && weights.dims[1] > 0 &&
           graph::element_count(x.dims) / input.count % weights.dims[1] == 0;
}

/// The operator of node computes every column on its own; the Error says when it does not.
Done check_columnwise(const Graph& graph, const Node& node, const Columns& input) {
    const Value& x = graph[node.inputs[0]];
    const std::size_t axis = input.axis;
    switch (node.op) {
        case OpId::reshape:
            return done();
        case OpId::softmax:
            return axis + 1 != x.dims.size() ? done() : Done(whole("it sums over time"));
        case OpId::mean:
            return graph::attributes<Mean>(node).reduces[axis] == 0
                       ? done()
                       : Done(whole("it averages over time"));
        case OpId::fully_connected:
            return has_whole_rows(graph, node, input) ? done()
                                                      : Done(whole("its weights span all of time"));
        case OpId::transpose: {
            const auto a = graph::attributes<Transpose>(node);
            for (std::size_t i = 0; i <= axis; ++i) {
                if (a.axes[i] != static_cast<std::int32_t>(i)) {
                    return whole("it moves the time axis");
                }
            }
            return done();
        }
        case OpId::pad: {
            const bool is_beside = graph::attributes<Pad>(node).before[axis] == 0 &&
                                   graph[node.outputs[0]].dims[axis] == input.count;
            return is_beside ? done() : Done(whole("it pads time with a value of its own"));
        }
        case OpId::strided_slice: {
            const auto a = graph::attributes<StridedSlice>(node);
            return a.begin[axis] == 0 && a.stride[axis] == 1 && a.count[axis] == input.count
                       ? done()
                       : Done(whole("it takes a part of the window"));
        }
        case OpId::concat:
            return graph::attributes<Concat>(node).axis != static_cast<std::int32_t>(axis)
                       ? done()
                       : Done(whole("it joins along time"));
        default:
            return is_elementwise(node.op)
                       ? done()
                       : Done(whole("it is not known to work column by column"));
    }
}

bool is_window(OpId op) {
    return op == OpId::conv2d || op == OpId::depthwise_conv2d || op == OpId::average_pool2d ||
           op == OpId::max_pool2d;
}

/// Where the output has its columns: their number is known.
Outcome<Columns> output_columns(const Value& output, std::int64_t count) {
    const auto axis = find_axis(output.dims, count);
    if (!axis.has_value()) {
        return whole("its output " + graph::describe(output) + " has no axis of time");
    }
    Columns columns;
    columns.axis = *axis;
    columns.count = count;
    return columns;
}

Outcome<Motion> motion_of_window(const Node& node, const Columns& input, const Value& output) {
    Motion motion;
    VERGE_ASSIGN(motion.reach, reach_of_window(node, input));
    motion.output.axis = input.axis;
    motion.output.count = output.dims[input.axis];
    if (input.axis == 2 && output.dims[1] != 1) {
        return whole("its output has rows before the time axis");
    }
    if ((motion.output.count - 1) * motion.reach.stride - motion.reach.pad >= input.count) {
        return whole("some of its windows see nothing but padding");
    }
    return motion;
}

/// The first input that has columns; behind the last one when none has.
std::size_t lead_of(const Node& node, const ColumnsOf& columns) {
    const auto lead = std::ranges::find_if(node.inputs, [&](ValueId input) {
        return input != graph::kNoValue && columns[graph::index(input)].has_value();
    });
    return static_cast<std::size_t>(lead - node.inputs.begin());
}

/// What is interior in all inputs.
ColumnRange common_interior(const Node& node, const ColumnsOf& columns, const Columns& lead) {
    ColumnRange common = lead.interior;
    for (const ValueId input : node.inputs) {
        if (input != graph::kNoValue && columns[graph::index(input)].has_value()) {
            const ColumnRange& one = columns[graph::index(input)]->interior;
            common.first = std::max(common.first, one.first);
            common.last = std::min(common.last, one.last);
        }
    }
    common.last = std::max(common.first, common.last);
    return common;
}

}  // namespace

void set_hop(Columns& columns, std::int64_t hop) {
    columns.before = columns.interior.first;
    if (hop % columns.stride == 0) {
        columns.phases = 1;
        columns.fresh = hop / columns.stride;
    } else if (columns.stride % hop == 0) {
        columns.phases = columns.stride / hop;
        columns.fresh = 1;
    } else {
        columns.phases = 0;
        columns.fresh = 0;
    }
}

ColumnRange reached(const Reach& reach, ColumnRange range, std::int64_t input_count) {
    const std::int64_t first = range.first * reach.stride - reach.pad;
    const std::int64_t last = (range.last - 1) * reach.stride - reach.pad + reach.extent;
    // Windows that see nothing but padding before the input get one column that they do not read.
    const std::int64_t begin = std::clamp<std::int64_t>(first, 0, input_count - 1);
    return {begin, std::clamp<std::int64_t>(last, begin + 1, input_count)};
}

std::optional<std::size_t> find_axis(const graph::Dims& dims, std::int64_t extent) {
    const auto first = std::ranges::find_if(dims, [](std::int64_t dim) { return dim != 1; });
    const auto axis = first == dims.end() && extent == 1 && !dims.empty() ? dims.begin() : first;
    if (axis == dims.end()) {
        return std::nullopt;
    }
    if (*axis == extent) {
        return static_cast<std::size_t>(axis - dims.begin());
    }
    return std::nullopt;
}

Outcome<Motion> motion_of(const graph::Graph& graph,
                          const graph::Node& node,
                          const ColumnsOf& columns) {
    const std::size_t lead = lead_of(node, columns);
    const bool is_known = lead == 0 || (lead < node.inputs.size() && is_elementwise(node.op));
    if (!is_known || node.outputs.size() != 1 ||
        graph[node.outputs[0]].dims.size() > plan::kMaxRank) {
        return whole("it is not known to work column by column");
    }
    const Columns& input = *columns[graph::index(node.inputs[lead])];
    const Value& output = graph[node.outputs[0]];
    VERGE_CHECK(check_operands(graph, node, columns, lead));
    Motion motion;
    if (is_window(node.op)) {
        VERGE_ASSIGN(motion, motion_of_window(node, input, output));
    } else {
        VERGE_CHECK(check_columnwise(graph, node, input));
        VERGE_ASSIGN(motion.output, output_columns(output, input.count));
    }
    motion.output.stride = input.stride * motion.reach.stride;
    motion.output.interior =
        interior_of(motion.reach, common_interior(node, columns, input), motion.output.count);
    return motion;
}

}  // namespace verge::compiler
