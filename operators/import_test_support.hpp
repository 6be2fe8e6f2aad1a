#pragma once
// For tests of importers: a one-operator model goes through its importer, and what comes out runs.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "formats/tflite/builder.hpp"
#include "formats/tflite/read.hpp"
#include "graph/graph.hpp"
#include "operators/rule.hpp"
#include "operators/test_support.hpp"
#include "operators/tflite_site.hpp"

namespace verge::test {

[[nodiscard]] inline plan::Type type_of(tflite::TensorType type) {
    using enum tflite::TensorType;
    switch (type) {
        case float32:
            return plan::Type::f32;
        case int8:
            return plan::Type::s8;
        case uint8:
            return plan::Type::u8;
        case int16:
            return plan::Type::s16;
        case uint16:
            return plan::Type::u16;
        case int32:
            return plan::Type::s32;
        case uint32:
            return plan::Type::u32;
        case int64:
            return plan::Type::s64;
        case uint64:
            return plan::Type::u64;
        case boolean:
            return plan::Type::b8;
        case float16:
            return plan::Type::f16;
        default:
            return plan::Type::none;
    }
}

/// The graph of a model with one operator, or its importer's Error.
inline Outcome<graph::Graph> import_one(const tflite::Model& model) {
    const tflite::Subgraph& subgraph = model.subgraphs[0];
    graph::Graph graph;
    std::vector<graph::ValueId> values;
    for (const tflite::Tensor& tensor : subgraph.tensors) {
        const tflite::Quantisation& q = tensor.quantisation;
        graph::Value value{tensor.name, type_of(tensor.type), tensor.shape, {}, {}, {}};
        value.quantisation = {q.scales, {q.zero_points.begin(), q.zero_points.end()}, q.axis};
        if (tensor.is_constant()) {
            value.kind = graph::ValueKind::constant;
            value.constant = graph::Constant(std::vector(tensor.data.begin(), tensor.data.end()));
        }
        values.push_back(graph.add(std::move(value)));
    }
    const tflite::Operator& op = subgraph.operators[0];
    const TfliteImport import = find_tflite_import(op.name());
    if (import == nullptr) {
        return unsupported("operator " + op.name() + " has no importer");
    }
    std::map<std::string, graph::ValueId> variables;
    TfliteSite site({model, subgraph, graph, values, variables}, op, "one");
    VERGE_CHECK(import(site));
    for (const std::int32_t input : subgraph.inputs) {
        graph.inputs.push_back(values[static_cast<std::size_t>(input)]);
    }
    for (const std::int32_t output : subgraph.outputs) {
        graph.outputs.push_back(values[static_cast<std::size_t>(output)]);
    }
    return graph;
}

/// The last node of the graph as a step, its inputs filled with `inputs` in the order of the
/// graph's inputs. Precondition: each input of the node is a graph input, a constant or absent.
inline OneStep step_of(const graph::Graph& graph, const std::vector<std::vector<std::byte>>& inputs) {
    const graph::Node& node = graph.nodes.back();
    std::vector<Operand> ins;
    for (const graph::ValueId id : node.inputs) {
        if (id == graph::kNoValue) {
            ins.push_back(absent());
            continue;
        }
        const graph::Value& value = graph[id];
        Operand operand{value.type, {value.dims.begin(), value.dims.end()}, {}, value.is_constant()};
        if (value.is_constant()) {
            operand.bytes.assign(value.constant.bytes().begin(), value.constant.bytes().end());
        } else {
            const auto at = std::find(graph.inputs.begin(), graph.inputs.end(), id) - graph.inputs.begin();
            operand.bytes = inputs[static_cast<std::size_t>(at)];
        }
        ins.push_back(std::move(operand));
    }
    std::vector<Operand> outs;
    for (const graph::ValueId id : node.outputs) {
        outs.push_back(output(graph[id].type, {graph[id].dims.begin(), graph[id].dims.end()}));
    }
    return OneStep(node.op, std::span<const std::byte>(node.attributes), std::move(ins), std::move(outs));
}

/// What the rule of the graph's last node says of its outputs.
inline Outcome<std::vector<TensorType>> infer_last(const graph::Graph& graph) {
    const graph::Node& node = graph.nodes.back();
    return row(node.op).rule->infer(graph, node);
}

}  // namespace verge::test
