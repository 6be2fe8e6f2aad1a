// signal_filter_bank_log: shapes and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/signal_filter_bank_log/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(SignalFilterBankLog, output_scale),
    VERGE_FIELD(SignalFilterBankLog, input_correction_bits),
};

Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    return std::vector{TensorType{plan::Type::s16, graph[node.inputs[0]].dims}};
}

}  // namespace

namespace rule {
const Rule signal_filter_bank_log{
    .infer = infer, .overlap = overlap_elementwise, .fields = kFields};
}  // namespace rule

}  // namespace verge
