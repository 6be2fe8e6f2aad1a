// split: shapes and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/dims.hpp"
#include "operators/split/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {VERGE_FIELD(Split, axis)};

/// How long each part is, is the node's word: it stands on its outputs.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    VERGE_ASSIGN(const std::size_t axis,
                 axis_of(graph::attributes<Split>(node).axis, x.dims.size()));
    std::vector<graph::Dims> parts;
    std::vector<TensorType> types;
    for (const graph::ValueId output : node.outputs) {
        parts.push_back(graph[output].dims);
        types.push_back({x.type, parts.back()});
    }
    VERGE_ASSIGN(const graph::Dims whole, joined_dims(parts, axis));
    if (whole != x.dims) {
        return bad_input(
            "split of " + graph::describe(x) + " into parts that join to " + describe_dims(whole),
            "parts that make up the input");
    }
    return types;
}

}  // namespace

namespace rule {
const Rule split{.infer = infer, .fields = kFields};
}  // namespace rule

}  // namespace verge
