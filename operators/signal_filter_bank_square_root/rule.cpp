// signal_filter_bank_square_root: shapes and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/signal_filter_bank_square_root/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(SignalFilterBankSquareRoot, reserved),
};

Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    return std::vector{TensorType{plan::Type::u32, graph[node.inputs[0]].dims}};
}

/// Each element is read before half of its place is written; the scale is read first.
std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    return input == 0 ? overlap_elementwise(call, input) : std::nullopt;
}

}  // namespace

namespace rule {
const Rule signal_filter_bank_square_root{.infer = infer, .overlap = overlap, .fields = kFields};
}  // namespace rule

}  // namespace verge
