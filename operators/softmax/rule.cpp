// softmax: shapes, fields, and how far the output may lie over the input.

#include "operators/rule.hpp"

#include <array>

#include "operators/softmax/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(Softmax, beta),
    VERGE_FIELD(Softmax, input_multiplier),
    VERGE_FIELD(Softmax, input_shift),
    VERGE_FIELD(Softmax, diff_min),
};

/// int8 may give int16: the output's own type then stands.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    const plan::Type declared = graph[node.outputs[0]].type;
    if (x.dims.empty()) {
        return bad_input("softmax was given " + graph::describe(x), "at least one dimension");
    }
    const bool widens = x.type == plan::Type::s8 && declared == plan::Type::s16;
    return std::vector{TensorType{widens ? declared : x.type, x.dims}};
}

/// Every row is read before it is written, and each element once more before its own place is.
std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    return input == 0 ? overlap_elementwise(call, 0) : std::nullopt;
}

}  // namespace

namespace rule {
const Rule softmax{.infer = infer, .overlap = overlap, .fields = kFields};
}  // namespace rule

}  // namespace verge
