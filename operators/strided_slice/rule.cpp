// strided_slice: shape and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/dims.hpp"
#include "operators/strided_slice/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {VERGE_FIELD(StridedSlice, begin), VERGE_FIELD(StridedSlice, stride),
                                VERGE_FIELD(StridedSlice, count)};

/// Which axes of one index stay is the node's word: it stands on its output.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    const graph::Dims& dims = graph[node.outputs[0]].dims;
    const auto a = graph::attributes<StridedSlice>(node);
    std::int64_t elements = 1;
    for (std::size_t i = 0; i < x.dims.size() && i < std::size(a.count); ++i) {
        elements *= a.count[i];
    }
    if (elements != graph::element_count(dims)) {
        return bad_input(
            "a slice of " + std::to_string(elements) + " elements for " + describe_dims(dims),
            "as many elements");
    }
    return std::vector{TensorType{x.type, dims}};
}

}  // namespace

namespace rule {
const Rule strided_slice{.infer = infer, .fields = kFields};
}  // namespace rule

}  // namespace verge
