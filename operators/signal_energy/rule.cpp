// signal_energy: shapes and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/signal_energy/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(SignalEnergy, first),
    VERGE_FIELD(SignalEnergy, end),
};

Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& spectrum = graph[node.inputs[0]];
    if (spectrum.dims.size() != 1 || spectrum.dims[0] % 2 != 0) {
        return bad_input("signal_energy was given " + graph::describe(spectrum), "pairs [2 N]");
    }
    return std::vector{TensorType{plan::Type::u32, {spectrum.dims[0] / 2}}};
}

/// A pair of int16 becomes one uint32 at its place.
std::optional<std::int64_t> overlap(const Call&, std::size_t) {
    return 0;
}

}  // namespace

namespace rule {
const Rule signal_energy{.infer = infer, .overlap = overlap, .fields = kFields};
}  // namespace rule

}  // namespace verge
