// signal_spectral_subtraction: shapes and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/signal_spectral_subtraction/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(SignalSpectralSubtraction, smoothing),
    VERGE_FIELD(SignalSpectralSubtraction, one_minus_smoothing),
    VERGE_FIELD(SignalSpectralSubtraction, alternate_smoothing),
    VERGE_FIELD(SignalSpectralSubtraction, alternate_one_minus_smoothing),
    VERGE_FIELD(SignalSpectralSubtraction, min_signal_remaining),
    VERGE_FIELD(SignalSpectralSubtraction, smoothing_bits),
    VERGE_FIELD(SignalSpectralSubtraction, spectral_subtraction_bits),
    VERGE_FIELD(SignalSpectralSubtraction, clamping),
};

Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    const graph::Value& noise = graph[node.inputs[1]];
    return std::vector{TensorType{x.type, x.dims}, TensorType{noise.type, noise.dims}};
}

/// Each element is read before it is written; the other inputs are no rooms to write into.
std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    return input == 0 ? overlap_elementwise(call, input) : std::nullopt;
}

}  // namespace

namespace rule {
const Rule signal_spectral_subtraction{
    .infer = infer, .overlap = overlap, .fields = kFields, .is_pure = false, .least_inputs = 2};
}  // namespace rule

}  // namespace verge
