#pragma once
// What passes share when they rewrite a graph.

#include <functional>
#include <span>

#include "graph/graph.hpp"

namespace verge::graph {

/// The node that reads `value` if there is exactly one, it reads it once, and `value` is no output
/// of the graph; else nullptr.
[[nodiscard]] Node* only_reader(Graph& graph, ValueId value);

/// The node that makes `value`, or nullptr.
[[nodiscard]] Node* producer(Graph& graph, ValueId value);

/// True when a constant operand is listed there.
[[nodiscard]] bool has_constant(const Graph& graph, const Node& node, std::size_t input);

/// True when input `input` is listed and present.
[[nodiscard]] bool has_input(const Node& node, std::size_t input);

/// Sets input `input`; absent ones are listed before it as needed.
void set_input(Node& node, std::size_t input, ValueId value);

/// Adds a constant that is `like` another value but for its dims and elements.
template <typename T>
ValueId add_constant_like(Graph& graph, const Value& like, Dims dims, std::span<const T> elements) {
    Value value = like;
    value.dims = std::move(dims);
    value.kind = ValueKind::constant;
    value.constant = make_constant<T>(elements);
    return graph.add(std::move(value));
}

/// Lets `input` stand for `output`, which a node only copies from it: readers of `output` read
/// `input`; where `output` is one of the graph, the node that makes `input` makes `output` instead.
/// False when both are the graph's, or no node makes `input`; then nothing changes. The caller
/// removes the node.
[[nodiscard]] bool merge_values(Graph& graph, ValueId input, ValueId output);

/// Takes the nodes away for which `is_gone`; true when there was one.
bool remove_nodes(Graph& graph, const std::function<bool(const Node&)>& is_gone);

/// Takes values away that no node, input or output names; the others get new ids. True when there
/// was one.
bool drop_unused_values(Graph& graph);

}  // namespace verge::graph
