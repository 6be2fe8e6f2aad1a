// signal_rfft: shapes and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/signal_rfft/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(SignalRfft, length),
};

Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    if (x.dims.empty()) {
        return bad_input("signal_rfft was given " + graph::describe(x), "rows of samples");
    }
    graph::Dims dims = x.dims;
    dims.back() = graph::attributes<SignalRfft>(node).length + std::int64_t{2};
    return std::vector{TensorType{x.type, dims}};
}

}  // namespace

namespace rule {
const Rule signal_rfft{.infer = infer, .fields = kFields};
}  // namespace rule

}  // namespace verge
