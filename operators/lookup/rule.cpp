// lookup: shapes, fields, and how far the output may lie over the input.

#include "operators/rule.hpp"

#include <array>

#include "operators/lookup/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {VERGE_FIELD(Lookup, reserved)};

/// The sign of the output is its own word: the table is bytes.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    const plan::Type declared = graph[node.outputs[0]].type;
    if ((x.type != plan::Type::s8 && x.type != plan::Type::u8) ||
        (declared != plan::Type::s8 && declared != plan::Type::u8)) {
        return bad_input("lookup was given " + graph::describe(x), "8-bit input and output");
    }
    return std::vector{TensorType{declared, x.dims}};
}

std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    return input == 0 ? overlap_elementwise(call, 0) : std::nullopt;
}

}  // namespace

namespace rule {
const Rule lookup{.infer = infer, .overlap = overlap, .fields = kFields};
}  // namespace rule

}  // namespace verge
