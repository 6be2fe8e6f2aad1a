// signal_filter_bank: shapes and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/signal_filter_bank/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(SignalFilterBank, reserved),
};

Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& starts = graph[node.inputs[3]];
    if (starts.dims.size() != 1 || starts.dims[0] < 2) {
        return bad_input("signal_filter_bank was given starts " + graph::describe(starts),
                         "one for each channel, and one more");
    }
    return std::vector{TensorType{plan::Type::u64, {starts.dims[0] - 1}}};
}

std::int64_t macs(const graph::Graph& graph, const graph::Node& node) {
    return 2 * graph::element_count(graph[node.inputs[1]].dims);
}

}  // namespace

namespace rule {
const Rule signal_filter_bank{.infer = infer, .macs = macs, .fields = kFields, .least_inputs = 4};
}  // namespace rule

}  // namespace verge
