#pragma once
// For tests of importers: a one-operator model goes through its importer, and what comes out runs.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

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

/// Bytes of values, by the index of the value.
using Bytes = std::map<std::uint32_t, std::vector<std::byte>>;

/// A node as a step. Precondition: each input is a constant, absent, or among `known`.
inline OneStep step_of(const graph::Graph& graph, const graph::Node& node, const Bytes& known) {
    std::vector<Operand> ins;
    for (const graph::ValueId id : node.inputs) {
        if (id == graph::kNoValue) {
            ins.push_back(absent());
            continue;
        }
        const graph::Value& value = graph[id];
        Operand operand{
            value.type, {value.dims.begin(), value.dims.end()}, {}, value.is_constant()};
        if (value.is_constant()) {
            operand.bytes.assign(value.constant.bytes().begin(), value.constant.bytes().end());
        } else {
            operand.bytes = known.at(graph::index(id));
        }
        ins.push_back(std::move(operand));
    }
    std::vector<Operand> outs;
    for (const graph::ValueId id : node.outputs) {
        outs.push_back(output(graph[id].type, {graph[id].dims.begin(), graph[id].dims.end()}));
    }
    return OneStep(node.op, std::span<const std::byte>(node.attributes), std::move(ins),
                   std::move(outs));
}

/// The last node of the graph as a step. Precondition: each input is a constant, absent, or one of
/// the graph's inputs, which `inputs` gives in order.
inline OneStep step_of(const graph::Graph& graph,
                       const std::vector<std::vector<std::byte>>& inputs) {
    Bytes known;
    for (std::size_t i = 0; i < graph.inputs.size(); ++i) {
        known[graph::index(graph.inputs[i])] = inputs[i];
    }
    return step_of(graph, graph.nodes.back(), known);
}

/// What the rule of the graph's last node says of its outputs.
inline Outcome<std::vector<TensorType>> infer_last(const graph::Graph& graph) {
    const graph::Node& node = graph.nodes.back();
    return row(node.op).rule->infer(graph, node);
}

/// Runs all nodes with their reference kernels, in tiles of one; gives the graph's outputs. An
/// Error where a rule says otherwise than the node's outputs, a check refuses, or a kernel lacks.
inline Outcome<std::vector<std::vector<std::byte>>> run_graph(
    const graph::Graph& graph, const std::vector<std::vector<std::byte>>& inputs) {
    Bytes known;
    for (std::size_t i = 0; i < graph.inputs.size(); ++i) {
        known[graph::index(graph.inputs[i])] = inputs[i];
    }
    for (const graph::Node& node : graph.nodes) {
        VERGE_ASSIGN(const std::vector<TensorType> types, row(node.op).rule->infer(graph, node));
        for (std::size_t i = 0; i < node.outputs.size(); ++i) {
            const graph::Value& value = graph[node.outputs[i]];
            if (types.size() != node.outputs.size() ||
                types[i] != TensorType{value.type, value.dims}) {
                return bad_input("the rule gives another output than " + graph::describe(value));
            }
        }
        const OneStep step = step_of(graph, node, known);
        const auto variants = step.variants();
        if (variants.empty() || !step.check().ok()) {
            return bad_input("the step has no kernel, or its check refuses it");
        }
        for (std::size_t i = 0; i < node.outputs.size(); ++i) {
            known[graph::index(node.outputs[i])] = step.run<std::byte>(variants[0], i, 1);
        }
    }
    std::vector<std::vector<std::byte>> outputs;
    for (const graph::ValueId id : graph.outputs) {
        const auto constant = graph[id].constant.bytes();
        outputs.push_back(graph[id].is_constant() ? std::vector(constant.begin(), constant.end())
                                                  : known.at(graph::index(id)));
    }
    return outputs;
}

/// Imports the model and runs it; the Error's message in place of outputs where something refuses.
template <typename Out, typename... In>
std::vector<Out> run_model(const tflite::Model& model, const std::vector<In>&... inputs) {
    const auto bytes_of = [](const auto& values) {
        const auto bytes = std::as_bytes(std::span(values));
        return std::vector(bytes.begin(), bytes.end());
    };
    const auto graph = import_one(model);
    if (!graph.ok()) {
        ADD_FAILURE() << graph.error().message();
        return {};
    }
    const auto outputs = run_graph(graph.value(), {bytes_of(inputs)...});
    if (!outputs.ok()) {
        ADD_FAILURE() << outputs.error().message();
        return {};
    }
    std::vector<Out> result(outputs.value()[0].size() / sizeof(Out));
    std::memcpy(result.data(), outputs.value()[0].data(), outputs.value()[0].size());
    return result;
}

}  // namespace verge::test
