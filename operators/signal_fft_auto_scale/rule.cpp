// signal_fft_auto_scale: shapes and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/signal_fft_auto_scale/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(SignalFftAutoScale, reserved),
};

Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    return std::vector{TensorType{x.type, x.dims}, TensorType{plan::Type::s32, {}}};
}

}  // namespace

namespace rule {
const Rule signal_fft_auto_scale{.infer = infer, .overlap = overlap_elementwise, .fields = kFields};
}  // namespace rule

}  // namespace verge
