// resize_nearest: shape and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/resize_nearest/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {VERGE_FIELD(ResizeNearest, align_corners),
                                VERGE_FIELD(ResizeNearest, half_pixel_centers)};

/// The new size is the node's word: it stands on its output.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    graph::Dims dims = graph[node.outputs[0]].dims;
    if (x.dims.size() != 4 || dims.size() != 4) {
        return bad_input("resize_nearest of " + graph::describe(x), "four dimensions");
    }
    dims[0] = x.dims[0];
    dims[3] = x.dims[3];
    return std::vector{TensorType{x.type, dims}};
}

}  // namespace

namespace rule {
const Rule resize_nearest{.infer = infer, .fields = kFields};
}  // namespace rule

}  // namespace verge
