#pragma once
// For tests of operators that keep state, or that work in a chain: operators of a model go through
// their importers, and the nodes that come out run again and again, each by its reference kernel.

#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "graph/graph.hpp"
#include "operators/import_test_support.hpp"
#include "operators/test_support.hpp"
#include "operators/tflite_site.hpp"

namespace verge::test {

/// A graph made of some operators of a model's first subgraph; `values` by tensor index.
struct Imported {
    graph::Graph graph;
    std::vector<graph::ValueId> values;
    std::map<std::string, graph::ValueId> variables;
};

/// Imports the operators that `is_wanted` names, in order; the others are left out.
inline Outcome<Imported> import_some(const tflite::Model& model,
                                     const std::function<bool(const std::string&)>& is_wanted) {
    Imported result;
    const tflite::Subgraph& subgraph = model.subgraphs[0];
    for (const tflite::Tensor& tensor : subgraph.tensors) {
        const tflite::Quantisation& q = tensor.quantisation;
        graph::Value value{tensor.name, type_of(tensor.type), tensor.shape, {}, {}, {}};
        value.quantisation = {q.scales, {q.zero_points.begin(), q.zero_points.end()}, q.axis};
        if (tensor.is_constant()) {
            value.kind = graph::ValueKind::constant;
            value.constant = graph::Constant(std::vector(tensor.data.begin(), tensor.data.end()));
        } else if (tensor.is_variable) {
            value.kind = graph::ValueKind::state;
        }
        result.values.push_back(result.graph.add(std::move(value)));
    }
    for (const tflite::Operator& op : subgraph.operators) {
        if (!is_wanted(op.name())) {
            continue;
        }
        const TfliteImport import = find_tflite_import(op.name());
        if (import == nullptr) {
            return unsupported("operator " + op.name() + " has no importer");
        }
        TfliteSite site({model, subgraph, result.graph, result.values, result.variables}, op,
                        op.name());
        VERGE_CHECK(import(site));
    }
    return result;
}

/// Runs the nodes of a graph in order. Its states live from run to run.
class GraphRunner {
public:
    explicit GraphRunner(const graph::Graph& graph) : graph_(graph), values_(graph.value_count()) {
        for (std::uint32_t i = 0; i < values_.size(); ++i) {
            const graph::Value& value = graph[graph::ValueId{i}];
            if (value.kind == graph::ValueKind::state) {
                values_[i].assign(value.constant.bytes().begin(), value.constant.bytes().end());
                values_[i].resize(
                    static_cast<std::size_t>(graph::byte_count(value.type, value.dims)));
            }
        }
    }

    template <typename T>
    void set(graph::ValueId id, const std::vector<T>& elements) {
        const auto bytes = std::as_bytes(std::span(elements));
        values_[graph::index(id)].assign(bytes.begin(), bytes.end());
    }

    template <typename T>
    [[nodiscard]] std::vector<T> get(graph::ValueId id) const {
        const std::vector<std::byte>& bytes = values_[graph::index(id)];
        std::vector<T> elements(bytes.size() / sizeof(T));
        std::memcpy(elements.data(), bytes.data(), elements.size() * sizeof(T));
        return elements;
    }

    void run() {
        for (const graph::Node& node : graph_.nodes) {
            run(node);
        }
    }

    void run(const graph::Node& node) {
        OneStep step = step_of_node(node);
        ASSERT_TRUE(step.check().ok()) << node.name;
        std::vector<std::vector<std::byte>> results;
        for (std::size_t i = 0; i < node.outputs.size(); ++i) {
            results.push_back(step.run<std::byte>(i));
        }
        for (std::size_t i = 0; i < node.outputs.size(); ++i) {
            values_[graph::index(node.outputs[i])] = results[i];
        }
    }

    /// The node as a plan with one step; what it reads and writes is one tensor.
    [[nodiscard]] OneStep step_of_node(const graph::Node& node) const {
        std::vector<Operand> inputs;
        for (const graph::ValueId id : node.inputs) {
            inputs.push_back(id == graph::kNoValue ? absent() : operand_of(id));
        }
        std::vector<Operand> outputs;
        for (const graph::ValueId id : node.outputs) {
            outputs.push_back(output(graph_[id].type, dims_of(id)));
        }
        OneStep step(node.op, std::span<const std::byte>(node.attributes), inputs, outputs);
        for (std::size_t out = 0; out < node.outputs.size(); ++out) {
            for (std::size_t in = 0; in < node.inputs.size(); ++in) {
                if (node.inputs[in] == node.outputs[out]) {
                    step.draft().operands[node.inputs.size() + out] = step.draft().operands[in];
                }
            }
        }
        return step;
    }

private:
    [[nodiscard]] std::vector<std::uint32_t> dims_of(graph::ValueId id) const {
        return {graph_[id].dims.begin(), graph_[id].dims.end()};
    }

    [[nodiscard]] Operand operand_of(graph::ValueId id) const {
        const graph::Value& value = graph_[id];
        if (value.is_constant()) {
            const auto bytes = value.constant.bytes();
            return {value.type, dims_of(id), {bytes.begin(), bytes.end()}, true};
        }
        return {value.type, dims_of(id), values_[graph::index(id)], false};
    }

    const graph::Graph& graph_;
    std::vector<std::vector<std::byte>> values_;
};

/// A file of the shared test data, or nothing where that folder is absent.
inline std::vector<std::byte> data_file(const std::string& path) {
    const char* root = std::getenv("VERGE_DATA");
    const std::string folder =
        root != nullptr ? root : std::string(VERGE_SOURCE_DIR) + "/../shared/data";
    std::ifstream file(folder + "/" + path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

/// The bytes of the data folder's formula: v = seed; v = v * 1664525 + 1013904223; byte = v >> 24.
inline std::vector<std::uint8_t> formula_bytes(std::uint32_t seed, std::size_t count) {
    std::vector<std::uint8_t> result(count);
    std::uint32_t v = seed;
    for (std::uint8_t& byte : result) {
        v = v * 1664525U + 1013904223U;
        byte = static_cast<std::uint8_t>(v >> 24U);
    }
    return result;
}

/// FNV-1a, to pin long outputs.
template <typename T>
[[nodiscard]] std::uint64_t hash_of(const std::vector<T>& values) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const std::byte byte : std::as_bytes(std::span(values))) {
        hash = (hash ^ std::to_integer<std::uint64_t>(byte)) * 0x100000001b3U;
    }
    return hash;
}

}  // namespace verge::test
