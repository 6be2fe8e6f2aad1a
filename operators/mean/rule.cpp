// mean: shapes, fields, and how far the output may lie over the input.

#include "operators/rule.hpp"

#include <array>

#include "operators/mean/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(Mean, reduces), VERGE_FIELD(Mean, input_offset),  VERGE_FIELD(Mean, multiplier),
    VERGE_FIELD(Mean, shift),   VERGE_FIELD(Mean, output_offset),
};

/// Whether reduced axes stay as 1 is the importer's word: the rule checks the others, in order.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    const graph::Value& y = graph[node.outputs[0]];
    const auto a = graph::attributes<Mean>(node);
    if (x.dims.size() > plan::kMaxRank) {
        return bad_input("mean was given " + graph::describe(x), "at most 6 dimensions");
    }
    graph::Dims kept;
    graph::Dims ones;
    for (std::size_t i = 0; i < x.dims.size(); ++i) {
        ones.push_back(a.reduces[i] != 0 ? 1 : x.dims[i]);
        if (a.reduces[i] == 0) {
            kept.push_back(x.dims[i]);
        }
    }
    return std::vector{TensorType{x.type, y.dims == ones ? ones : kept}};
}

/// Output i is written after all that it reads was read, and later outputs begin behind element i.
std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    if (input != 0 || !plan::is_dense(call.input(0)) || !plan::is_dense(call.output(0))) {
        return std::nullopt;
    }
    return 0;
}

}  // namespace

namespace rule {
const Rule mean{.infer = infer, .overlap = overlap, .fields = kFields};
}  // namespace rule

}  // namespace verge
