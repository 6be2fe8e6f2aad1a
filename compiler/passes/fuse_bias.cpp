#include "compiler/passes/fuse_bias.hpp"

#include "compiler/passes/float_filter.hpp"

namespace verge::compiler {
namespace {

bool fuse(graph::Graph& graph, std::size_t position) {
    const OpId op = graph.nodes[position].op;
    if (op != OpId::add && op != OpId::sub) {
        return false;
    }
    const auto found = find_channel_arithmetic(graph, position, op == OpId::sub);
    if (!found) {
        return false;
    }
    std::vector<float> bias = float_bias(graph, *found);
    for (std::size_t c = 0; c < bias.size(); ++c) {
        bias[c] += op == OpId::sub ? -found->constant[c] : found->constant[c];
    }
    set_float_bias(graph, *found, bias);
    take_over(graph, *found, position);
    return true;
}

}  // namespace

bool fuse_bias(graph::Graph& graph) {
    bool has_changed = false;
    for (std::size_t i = 0; i < graph.nodes.size();) {
        const bool has_fused = fuse(graph, i);
        has_changed = has_changed || has_fused;
        i += has_fused ? 0 : 1;
    }
    return has_changed;
}

}  // namespace verge::compiler
