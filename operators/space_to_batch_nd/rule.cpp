// space_to_batch_nd: shape and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/space_to_batch_nd/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(SpaceToBatchNd, block_h), VERGE_FIELD(SpaceToBatchNd, block_w),
    VERGE_FIELD(SpaceToBatchNd, pad_top), VERGE_FIELD(SpaceToBatchNd, pad_left),
    VERGE_FIELD(SpaceToBatchNd, pad_value)};

/// Rows and columns are the node's word (what is padded behind is implied): they stand on its
/// output.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    const auto a = graph::attributes<SpaceToBatchNd>(node);
    graph::Dims dims = graph[node.outputs[0]].dims;
    const std::int64_t block = std::int64_t{a.block_h} * a.block_w;
    if (x.dims.size() != 4 || dims.size() != 4 || block < 1) {
        return bad_input("space_to_batch_nd of " + graph::describe(x),
                         "an image [N,H,W,C] and a block");
    }
    dims[0] = x.dims[0] * block;
    dims[3] = x.dims[3];
    return std::vector{TensorType{x.type, dims}};
}

}  // namespace

namespace rule {
const Rule space_to_batch_nd{.infer = infer, .fields = kFields};
}  // namespace rule

}  // namespace verge
