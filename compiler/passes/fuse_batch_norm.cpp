#include "compiler/passes/fuse_batch_norm.hpp"

#include "compiler/passes/float_filter.hpp"
#include "compiler/passes/fuse_bias.hpp"

namespace verge::compiler {
namespace {

void scale_weights(graph::Graph& graph, const ChannelArithmetic& found) {
    graph::Node& node = graph.nodes[found.filter_node];
    graph::Value value = graph[node.inputs[1]];
    const auto old = graph::elements<float>(value);
    std::vector<float> weights(old.begin(), old.end());
    const Filter& filter = found.filter;
    for (std::int64_t o = 0; o < filter.outputs; ++o) {
        for (std::int64_t tap = 0; tap < filter.taps; ++tap) {
            for (std::int64_t i = 0; i < (filter.is_depthwise ? 1 : filter.inputs); ++i) {
                weights[filter.at(o, tap, i)] *= found.constant[static_cast<std::size_t>(o)];
            }
        }
    }
    value.constant = graph::make_constant<float>(weights);
    node.inputs[1] = graph.add(std::move(value));
}

bool fuse(graph::Graph& graph, std::size_t position) {
    const auto found = graph.nodes[position].op == OpId::mul
                           ? find_channel_arithmetic(graph, position, false)
                           : std::nullopt;
    if (!found) {
        return false;
    }
    scale_weights(graph, *found);
    std::vector<float> bias = float_bias(graph, *found);
    for (std::size_t c = 0; c < bias.size(); ++c) {
        bias[c] *= found->constant[c];
    }
    set_float_bias(graph, *found, bias);
    take_over(graph, *found, position);
    return true;
}

}  // namespace

bool fuse_batch_norm(graph::Graph& graph) {
    bool has_changed = fuse_bias(graph);
    for (std::size_t i = 0; i < graph.nodes.size();) {
        const bool has_fused = fuse(graph, i);
        i += has_fused ? 0 : 1;
        has_changed = has_changed || has_fused;
        has_changed = (has_fused && fuse_bias(graph)) || has_changed;
    }
    return has_changed;
}

}  // namespace verge::compiler
