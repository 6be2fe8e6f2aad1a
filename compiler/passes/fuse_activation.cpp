#include "compiler/passes/fuse_activation.hpp"

#include <array>
#include <cmath>
#include <optional>

#include "compiler/passes/members.hpp"
#include "graph/rewrite.hpp"
#include "operators/clamp/op.hpp"

namespace verge::compiler {
namespace {

using graph::Graph;
using graph::Node;
using graph::Value;
using plan::Type;

constexpr std::array kClamping = {
    OpId::conv2d, OpId::depthwise_conv2d, OpId::fully_connected, OpId::add, OpId::sub,
    OpId::mul,    OpId::average_pool2d,   OpId::max_pool2d};

struct Range {
    float low;
    float high;
};

std::int32_t stored(Type type, std::byte byte) {
    const auto bits = static_cast<std::uint8_t>(byte);
    return type == Type::u8 ? bits : static_cast<std::int8_t>(bits);
}

/// The range of a table that is a clamp of the stored number; nothing for another one.
std::optional<Range> clamping_table(const Graph& graph, const Node& node) {
    const Type type = graph[node.inputs[0]].type;
    if (!graph::has_constant(graph, node, 1) || graph[node.outputs[0]].type != type) {
        return std::nullopt;
    }
    const auto table = graph[node.inputs[1]].constant.bytes();
    const auto value_of = [&](std::int32_t x) {
        return stored(type, table[static_cast<std::uint8_t>(x)]);
    };
    const std::int32_t first = type == Type::u8 ? 0 : -128;
    const std::int32_t low = value_of(first);
    const std::int32_t high = value_of(first + 255);
    for (std::int32_t x = first; x < first + 256; ++x) {
        if (low > high || value_of(x) != std::clamp(x, low, high)) {
            return std::nullopt;
        }
    }
    return Range{static_cast<float>(low), static_cast<float>(high)};
}

/// True when a clamp of integers leaves what lies in its range as it is, to the bit.
bool is_identity(const Clamp& clamp) {
    return clamp.input_offset == -clamp.output_offset && clamp.multiplier == 1 << 30 &&
           clamp.shift == 1;
}

std::optional<Range> clamped_range(const Graph& graph, const Node& node) {
    if (node.op == OpId::lookup) {
        return clamping_table(graph, node);
    }
    if (node.op != OpId::clamp) {
        return std::nullopt;
    }
    const auto clamp = graph::attributes<Clamp>(node);
    switch (graph[node.inputs[0]].type) {
        case Type::f32:
            return Range{clamp.float_min, clamp.float_max};
        case Type::s8:
        case Type::u8:
        case Type::s16:
            return is_identity(clamp) ? std::optional(Range{static_cast<float>(clamp.clamp_min),
                                                            static_cast<float>(clamp.clamp_max)})
                                      : std::nullopt;
        default:
            return std::nullopt;
    }
}

/// A range without a number in it cannot be written as two bounds of a clamp.
bool intersect(Node& maker, Type type, Range range) {
    if (type == Type::f32) {
        const float low = std::fmax(get_float(maker, "float_min"), range.low);
        const float high = std::fmin(get_float(maker, "float_max"), range.high);
        if (low <= high) {
            set_float(maker, "float_min", low);
            set_float(maker, "float_max", high);
        }
        return low <= high;
    }
    const std::int32_t low =
        std::max(get_int(maker, "clamp_min"), static_cast<std::int32_t>(range.low));
    const std::int32_t high =
        std::min(get_int(maker, "clamp_max"), static_cast<std::int32_t>(range.high));
    if (low <= high) {
        set_int(maker, "clamp_min", low);
        set_int(maker, "clamp_max", high);
    }
    return low <= high;
}

bool fuse(Graph& graph, std::size_t position) {
    const Node& node = graph.nodes[position];
    const auto range = node.inputs.empty() ? std::nullopt : clamped_range(graph, node);
    if (!range) {
        return false;
    }
    const Value& x = graph[node.inputs[0]];
    const Value& y = graph[node.outputs[0]];
    Node* maker = graph::producer(graph, node.inputs[0]);
    const bool is_alike = x.type == y.type && x.dims == y.dims && x.quantisation == y.quantisation;
    if (maker == nullptr || std::ranges::find(kClamping, maker->op) == kClamping.end() ||
        !is_alike || graph::only_reader(graph, node.inputs[0]) == nullptr ||
        !intersect(*maker, x.type, *range)) {
        return false;
    }
    maker->outputs = node.outputs;
    graph.nodes.erase(graph.nodes.begin() + static_cast<std::ptrdiff_t>(position));
    return true;
}

}  // namespace

bool fuse_activation(Graph& graph) {
    bool has_changed = false;
    for (std::size_t i = 0; i < graph.nodes.size();) {
        const bool has_fused = fuse(graph, i);
        has_changed = has_changed || has_fused;
        i += has_fused ? 0 : 1;
    }
    return has_changed;
}

}  // namespace verge::compiler
