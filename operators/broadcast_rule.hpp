#pragma once
// What the rules of operators on two inputs that broadcast share.

#include <utility>
#include <vector>

#include "operators/dims.hpp"
#include "operators/rule.hpp"

namespace verge {

/// The type of the first input and the shape that both broadcast to.
[[nodiscard]] inline Outcome<std::vector<TensorType>> infer_broadcast(const graph::Graph& graph,
                                                                      const graph::Node& node) {
    const graph::Value& a = graph[node.inputs[0]];
    VERGE_ASSIGN(graph::Dims dims, broadcast_dims(a.dims, graph[node.inputs[1]].dims));
    return std::vector{TensorType{a.type, std::move(dims)}};
}

}  // namespace verge
