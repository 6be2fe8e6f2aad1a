// batch_to_space_nd: shape and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/batch_to_space_nd/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(BatchToSpaceNd, block_h), VERGE_FIELD(BatchToSpaceNd, block_w),
    VERGE_FIELD(BatchToSpaceNd, crop_top), VERGE_FIELD(BatchToSpaceNd, crop_left)};

/// Rows and columns are the node's word (what is cropped behind is implied): they stand on its
/// output.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    const auto a = graph::attributes<BatchToSpaceNd>(node);
    graph::Dims dims = graph[node.outputs[0]].dims;
    const std::int64_t block = std::int64_t{a.block_h} * a.block_w;
    if (x.dims.size() != 4 || dims.size() != 4 || block < 1 || x.dims[0] % block != 0) {
        return bad_input("batch_to_space_nd of " + graph::describe(x),
                         "an image [N,H,W,C] and a block that divides N");
    }
    dims[0] = x.dims[0] / block;
    dims[3] = x.dims[3];
    return std::vector{TensorType{x.type, dims}};
}

}  // namespace

namespace rule {
const Rule batch_to_space_nd{.infer = infer, .fields = kFields};
}  // namespace rule

}  // namespace verge
