// pad: shapes, fields, and how far the output may lie over the input.

#include "operators/rule.hpp"

#include <algorithm>
#include <array>

#include "operators/pad/kernel_ref.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(Pad, before),
    VERGE_FIELD(Pad, value),
};

/// What lies behind is the importer's word; the rule checks that x fits in.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    const graph::Value& y = graph[node.outputs[0]];
    const auto a = graph::attributes<Pad>(node);
    bool fits = x.dims.size() == y.dims.size() && x.dims.size() <= plan::kMaxRank;
    for (std::size_t i = 0; fits && i < x.dims.size(); ++i) {
        fits = a.before[i] >= 0 && x.dims[i] + a.before[i] <= y.dims[i];
    }
    if (!fits) {
        return bad_input(
            "pad was given " + graph::describe(x) + " and output " + graph::describe(y),
            "an output that holds the input behind what comes before it");
    }
    return std::vector{TensorType{x.type, y.dims}};
}

/// A row is read whole before it is written: it may reach up to the next row that is read.
std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& y = call.output(0);
    if (input != 0 || !plan::is_dense(x) || !plan::is_dense(y)) {
        return std::nullopt;
    }
    const auto a = call.attributes<Pad>();
    const std::int64_t element = plan::element_bytes(x.type);
    const std::int64_t in_row = x.dims[x.rank - 1U] * element;
    const std::int64_t out_row = y.dims[y.rank - 1U] * element;
    const std::int64_t rows = plan::element_count(y) / y.dims[y.rank - 1U];
    const std::int64_t sources = plan::element_count(x) / x.dims[x.rank - 1U];
    std::int64_t read = 0;  // rows of x that were read
    std::int64_t distance = 0;
    for (std::int64_t r = 0; r < rows; ++r) {
        read += kernel::pad_ref::source_row(x, y, a, static_cast<std::uint32_t>(r)) == UINT32_MAX
                    ? 0
                    : 1;
        if (read < sources) {
            distance = std::max(distance, (r + 1) * out_row - read * in_row);
        }
    }
    return distance;
}

}  // namespace

namespace rule {
const Rule pad{.infer = infer, .overlap = overlap, .fields = kFields};
}  // namespace rule

}  // namespace verge
