#include "compiler/passes/verify_rules.hpp"

#include <algorithm>
#include <span>
#include <string>

#include "graph/verify.hpp"
#include "operators/rule.hpp"

namespace verge::compiler {
namespace {

std::string describe(const TensorType& type) {
    graph::Value value;
    value.type = type.type;
    value.dims = type.dims;
    return graph::describe(value);
}

Done compare(const graph::Value& found, const TensorType& wanted) {
    if (found.type == wanted.type && found.dims == wanted.dims) {
        return done();
    }
    return bad_input("output '" + found.name + "' is " + graph::describe(found), describe(wanted));
}

/// Rules read their first operands without looking.
Done verify_operands(const graph::Node& node, std::size_t least_inputs) {
    const std::size_t wanted =
        least_inputs == kAllInputs ? std::max<std::size_t>(1, node.inputs.size()) : least_inputs;
    if (node.inputs.size() < wanted || node.outputs.empty()) {
        return bad_input(std::to_string(node.inputs.size()) + " inputs and " +
                             std::to_string(node.outputs.size()) + " outputs",
                         "at least " + std::to_string(wanted) + " inputs and an output");
    }
    const auto first = std::span(node.inputs).first(wanted);
    const auto absent = std::ranges::find(first, graph::kNoValue);
    return absent == first.end()
               ? done()
               : Done(bad_input("input " + std::to_string(absent - first.begin()) + " is absent"));
}

Done verify_node(const graph::Graph& graph, const graph::Node& node) {
    const Row* found = find_row(graph::operator_name(node.op));
    if (found == nullptr) {
        return bad_input("there is no such operator");
    }
    VERGE_CHECK(verify_operands(node, found->rule->least_inputs));
    VERGE_ASSIGN(const std::vector<TensorType> types, found->rule->infer(graph, node));
    if (types.size() != node.outputs.size()) {
        return bad_input(std::to_string(node.outputs.size()) + " outputs",
                         std::to_string(types.size()));
    }
    for (std::size_t i = 0; i < types.size(); ++i) {
        VERGE_CHECK(compare(graph[node.outputs[i]], types[i]));
    }
    return done();
}

}  // namespace

Done verify_rules(const graph::Graph& graph) {
    VERGE_CHECK(graph::verify(graph));
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const graph::Node& node = graph.nodes[i];
        if (auto verified = verify_node(graph, node); !verified.ok()) {
            return std::move(verified).error().within("node " + std::to_string(i) + " '" +
                                                      node.name + "' (" +
                                                      graph::operator_name(node.op) + ")");
        }
    }
    return done();
}

std::vector<graph::OperatorText> operator_texts() {
    std::vector<graph::OperatorText> texts;
    for (const Row& row : all_operators()) {
        texts.push_back({row.id, row.name, row.rule->fields});
    }
    return texts;
}

}  // namespace verge::compiler
