#include "compiler/passes/fuse_pad.hpp"

#include <cstring>

#include "compiler/passes/members.hpp"
#include "operators/pad/op.hpp"

namespace verge::compiler {
namespace {

using graph::Graph;
using graph::Node;
using plan::Type;

/// True when the element that is padded with stands for 0 in the filter that reads it.
bool is_zero_for(const Pad& pad, const Node& filter, Type type) {
    const std::int32_t zero_point = -get_int(filter, "input_offset");
    switch (type) {
        case Type::s8:
            return static_cast<std::int8_t>(pad.value[0]) == zero_point;
        case Type::u8:
            return static_cast<std::uint8_t>(pad.value[0]) == zero_point;
        case Type::s16:
            return static_cast<std::int16_t>(pad.value[0]) == zero_point;
        case Type::f32: {
            float value = 0;
            std::memcpy(&value, &pad.value[0], sizeof value);
            return value == 0.0F;
        }
        default:
            return false;
    }
}

/// True when only rows and columns are padded, of images.
bool pads_images(const Graph& graph, const Node& pad) {
    const graph::Dims& x = graph[pad.inputs[0]].dims;
    const graph::Dims& y = graph[pad.outputs[0]].dims;
    return x.size() == 4 && x[0] == y[0] && x[3] == y[3];
}

bool fuse(Graph& graph, Node& filter) {
    if (filter.op != OpId::conv2d && filter.op != OpId::depthwise_conv2d) {
        return false;
    }
    const Node* before = graph::producer(graph, filter.inputs[0]);
    if (before == nullptr || before->op != OpId::pad || !pads_images(graph, *before)) {
        return false;
    }
    const auto pad = graph::attributes<Pad>(*before);
    if (!is_zero_for(pad, filter, graph[filter.inputs[0]].type)) {
        return false;
    }
    set_int(filter, "pad_top", get_int(filter, "pad_top") + pad.before[1]);
    set_int(filter, "pad_left", get_int(filter, "pad_left") + pad.before[2]);
    filter.inputs[0] = before->inputs[0];
    return true;
}

}  // namespace

bool fuse_pad(Graph& graph) {
    bool has_changed = false;
    for (Node& node : graph.nodes) {
        while (fuse(graph, node)) {
            has_changed = true;
        }
    }
    return has_changed;
}

}  // namespace verge::compiler
