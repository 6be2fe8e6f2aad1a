#include <gtest/gtest.h>

#include "graph/rewrite.hpp"
#include "graph/text.hpp"

namespace verge::graph {
namespace {

constexpr OperatorText kOperators[] = {{OpId::foreign, "foreign", {}}};

Graph read(std::string_view text) {
    auto graph = parse(text, kOperators);
    EXPECT_TRUE(graph.ok()) << (graph.ok() ? "" : graph.error().message());
    return graph.ok() ? std::move(graph).value() : Graph();
}

TEST(Graph, CountsElementsAndBytes) {
    EXPECT_EQ(element_count({}), 1);
    EXPECT_EQ(element_count({2, 3}), 6);
    EXPECT_EQ(byte_count(Type::f32, {2, 3}), 24);
    EXPECT_EQ(byte_count(Type::s4, {3}), 2);
}

TEST(Graph, FindsProducersAndReaders) {
    Graph graph =
        read("input x: f32[1]\ny: f32[1] = foreign(x, x)\nz: f32[1] = foreign(x, y)\noutput z\n");
    const ValueId x = graph.inputs[0];
    const ValueId y = graph.nodes[0].outputs[0];
    EXPECT_EQ(producer(graph, x), nullptr);
    EXPECT_EQ(producer(graph, y), graph.nodes.data());
    EXPECT_EQ(readers(graph, x), (std::vector<std::size_t>{0, 1}));
    EXPECT_EQ(only_reader(graph, x), nullptr);
    EXPECT_EQ(only_reader(graph, y), &graph.nodes[1]);
    EXPECT_EQ(only_reader(graph, graph.outputs[0]), nullptr);
}

TEST(Graph, CountsAnOutputOfTheGraphAsAReader) {
    Graph graph = read(
        "input x: f32[1]\ny: f32[1] = foreign(x)\nz: f32[1] = foreign(y)\noutput y\noutput z\n");
    EXPECT_EQ(only_reader(graph, graph.nodes[0].outputs[0]), nullptr);
}

TEST(Graph, ReplacesUsesInNodesAndOutputs) {
    Graph graph =
        read("input x: f32[1]\ny: f32[1] = foreign(x)\nz: f32[1] = foreign(y)\noutput y\n");
    replace_uses(graph, graph.nodes[0].outputs[0], graph.inputs[0]);
    EXPECT_EQ(graph.nodes[1].inputs[0], graph.inputs[0]);
    EXPECT_EQ(graph.outputs[0], graph.inputs[0]);
}

TEST(Graph, DropsValuesThatNobodyNames) {
    Graph graph = read(
        "const a: f32[1] = ones\ninput x: f32[1]\nconst b: f32[1] = ones\n"
        "y: f32[1] = foreign(x, _, b)\noutput y\n");
    EXPECT_TRUE(drop_unused_values(graph));
    EXPECT_EQ(print(graph, kOperators),
              "input x: f32[1]\nconst b: f32[1] = [1]\ny: f32[1] = foreign(x, _, b)\noutput y\n");
    EXPECT_FALSE(drop_unused_values(graph));
}

}  // namespace
}  // namespace verge::graph
