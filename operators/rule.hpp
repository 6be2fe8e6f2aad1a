#pragma once
// What the compiler asks of an operator: shapes and types, cost, how its attributes read as text,
// and how far its output may lie over its input. One Rule per operator, in its rule.cpp. Hosted.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/outcome.hpp"
#include "graph/field.hpp"
#include "graph/graph.hpp"
#include "operators/kernel.hpp"

namespace verge {

/// Type and dims of one output.
struct TensorType {
    plan::Type type = plan::Type::none;
    graph::Dims dims;

    bool operator==(const TensorType&) const = default;
};

struct Rule {
    /// Types and dims of all outputs, from inputs and attributes. The Error says found and wanted.
    Outcome<std::vector<TensorType>> (*infer)(const graph::Graph& graph, const graph::Node& node);

    /// Multiply-accumulates of one run; nullptr: none.
    std::int64_t (*macs)(const graph::Graph& graph, const graph::Node& node) = nullptr;

    /// The smallest distance d >= 0 in bytes such that output 0 may start d (or more) bytes below
    /// the start of input `input` and still be right when tiles run in ascending order, with the
    /// canonical layout; nothing: they may not overlap. nullptr: never.
    std::optional<std::int64_t> (*overlap)(const Call& call, std::size_t input) = nullptr;

    /// The members of the operator's struct, in order.
    std::span<const Field> fields = {};

    /// False for operators with memory or effects: they are never folded or removed.
    bool is_pure = true;

    /// Inputs [0, least_inputs) must be there before infer is asked; kAllInputs: at least one, and
    /// none that is listed may be absent.
    std::size_t least_inputs = 1;
};

inline constexpr std::size_t kAllInputs = ~std::size_t{0};

namespace rule {
#define VERGE_OPERATOR(id, folder, Struct) extern const Rule folder;
#include "operators/operators.inc"
#undef VERGE_OPERATOR
}  // namespace rule

/// One line of operators.inc.
struct Row {
    OpId id;
    std::string_view name;
    const Rule* rule;
};

/// All operators, in the order of operators.inc.
[[nodiscard]] std::span<const Row> all_operators();

/// Precondition: id is one of OpId.
[[nodiscard]] const Row& row(OpId id);

/// nullptr when there is no such operator.
[[nodiscard]] const Row* find_row(std::string_view name);

/// For rules: output has the type and dims of input 0.
Outcome<std::vector<TensorType>> infer_like_input(const graph::Graph& graph,
                                                  const graph::Node& node);

/// For rules: an element-wise kernel that reads each element before it writes it, output no
/// wider than input 0..n of the same shape.
std::optional<std::int64_t> overlap_elementwise(const Call& call, std::size_t input);

}  // namespace verge
