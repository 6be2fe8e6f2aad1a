#include "compiler/passes/case_support.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "compiler/passes/verify_rules.hpp"
#include "graph/constant_text.hpp"
#include "graph/text.hpp"

namespace verge::compiler::test {
namespace {

using graph::ValueId;

class Interpreter {
public:
    explicit Interpreter(const graph::Graph& graph) : graph_(graph) {
        for (std::uint32_t i = 0; i < graph.value_count(); ++i) {
            const graph::Value& value = graph[ValueId{i}];
            const auto bytes = value.constant.bytes();
            if (value.kind != graph::ValueKind::activation) {
                bytes_[ValueId{i}] = {bytes.begin(), bytes.end()};
                bytes_[ValueId{i}].resize(size_of(value));
            }
        }
    }

    void set_inputs(std::uint32_t seed) {
        for (const ValueId id : graph_.inputs) {
            const graph::Value& value = graph_[id];
            Bytes& bytes = bytes_[id];
            bytes.resize(size_of(value));
            graph::fill_random(seed++, value.type, bytes,
                               static_cast<std::size_t>(graph::element_count(value.dims)));
        }
    }

    Done run() {
        for (const graph::Node& node : graph_.nodes) {
            std::vector<std::span<const std::byte>> inputs;
            for (const ValueId id : node.inputs) {
                inputs.emplace_back(id == graph::kNoValue ? std::span<const std::byte>()
                                                          : bytes_[id]);
            }
            VERGE_ASSIGN(std::vector<Bytes> outputs, evaluate(graph_, node, inputs));
            for (std::size_t i = 0; i < outputs.size(); ++i) {
                bytes_[node.outputs[i]] = std::move(outputs[i]);
            }
        }
        return done();
    }

    Bytes& operator[](ValueId id) { return bytes_[id]; }

private:
    static std::size_t size_of(const graph::Value& value) {
        return static_cast<std::size_t>(graph::byte_count(value.type, value.dims));
    }

    const graph::Graph& graph_;
    std::map<ValueId, Bytes> bytes_;
};

std::string float_difference(const Bytes& a, const Bytes& b) {
    std::vector<float> x(a.size() / sizeof(float));
    std::vector<float> y(x.size());
    std::memcpy(x.data(), a.data(), a.size());
    std::memcpy(y.data(), b.data(), b.size());
    float largest = 0;
    float worst = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        largest = std::max(largest, std::fabs(x[i]));
        worst = std::max(worst, std::fabs(x[i] - y[i]));
    }
    return worst <= largest * 1e-5F ? "" : "differs by " + std::to_string(worst);
}

}  // namespace

std::vector<Case> split_cases(std::string_view text) {
    std::vector<Case> cases;
    bool is_after = false;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string line(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with("=== ")) {
            cases.push_back({line.substr(4), "", ""});
            is_after = false;
        } else if (line == "---") {
            is_after = true;
        } else if (!cases.empty()) {
            (is_after ? cases.back().after : cases.back().before) += line + "\n";
        }
    }
    return cases;
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

graph::Graph read_graph(std::string_view text) {
    auto graph = graph::parse(text, operator_texts());
    EXPECT_TRUE(graph.ok()) << (graph.ok() ? "" : graph.error().message());
    if (!graph.ok()) {
        return {};
    }
    const Done verified = verify_rules(graph.value());
    EXPECT_TRUE(verified.ok()) << (verified.ok() ? "" : verified.error().message());
    return std::move(graph).value();
}

Outcome<std::vector<Bytes>> run_graph(const graph::Graph& graph, std::uint32_t seed, int runs) {
    Interpreter interpreter(graph);
    std::vector<Bytes> outputs;
    for (int i = 0; i < runs; ++i) {
        interpreter.set_inputs(seed + 100U * static_cast<std::uint32_t>(i));
        VERGE_CHECK(interpreter.run());
        for (const ValueId id : graph.outputs) {
            outputs.push_back(interpreter[id]);
        }
    }
    return outputs;
}

std::string difference(const graph::Value& value, const Bytes& a, const Bytes& b) {
    if (a.size() != b.size()) {
        return "has another size";
    }
    if (value.type == plan::Type::f32) {
        return float_difference(a, b);
    }
    const auto at = std::ranges::mismatch(a, b).in1 - a.begin();
    return a == b ? "" : "differs from byte " + std::to_string(at) + " on";
}

}  // namespace verge::compiler::test
