// The table of operators that the compiler reads, and what their rules share.

#include <algorithm>

#include "operators/rule.hpp"

namespace verge {
namespace {

constexpr Row kRows[] = {
#define VERGE_OPERATOR(id, folder, Struct) {OpId::folder, #folder, &rule::folder},
#include "operators/operators.inc"
#undef VERGE_OPERATOR
};

}  // namespace

std::span<const Row> all_operators() {
    return kRows;
}

const Row& row(OpId id) {
    return *std::ranges::find(kRows, id, &Row::id);
}

const Row* find_row(std::string_view name) {
    const auto* found = std::ranges::find(kRows, name, &Row::name);
    return found == std::end(kRows) ? nullptr : found;
}

Outcome<std::vector<TensorType>> infer_like_input(const graph::Graph& graph,
                                                  const graph::Node& node) {
    const graph::Value& input = graph[node.inputs[0]];
    return std::vector{TensorType{input.type, input.dims}};
}

std::optional<std::int64_t> overlap_elementwise(const Call& call, std::size_t input) {
    if (!call.has(input)) {
        return std::nullopt;
    }
    const plan::Tensor& from = call.input(input);
    const plan::Tensor& to = call.output(0);
    const bool is_same = from.rank == to.rank && from.dims == to.dims;
    const bool fits = plan::element_bytes(to.type) <= plan::element_bytes(from.type);
    if (!is_same || !fits || !plan::is_dense(from) || !plan::is_dense(to)) {
        return std::nullopt;
    }
    return 0;
}

}  // namespace verge
