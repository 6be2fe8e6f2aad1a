// foreign: the compiler makes it by a partitioner, which declares the outputs itself.

#include "operators/rule.hpp"

#include <array>

#include "operators/foreign/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {VERGE_FIELD(Foreign, replaces)};

Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    std::vector<TensorType> declared;
    for (const graph::ValueId output : node.outputs) {
        declared.push_back({graph[output].type, graph[output].dims});
    }
    return declared;
}

}  // namespace

namespace rule {
const Rule foreign{.infer = infer, .fields = kFields, .is_pure = false, .least_inputs = 0};
}  // namespace rule

}  // namespace verge
