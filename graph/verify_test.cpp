#include "graph/verify.hpp"

#include <gtest/gtest.h>

#include "graph/text.hpp"

namespace verge::graph {
namespace {

constexpr OperatorText kOperators[] = {{OpId::conv2d, "conv2d", {}},
                                       {OpId::foreign, "foreign", {}}};

constexpr const char* kSound =
    "input x: f32[1,2]\n"
    "const w: s8[2] scales [1, 2] zeros [0, 0] = [3, 4]\n"
    "state s: f32[1] = zeros\n"
    "y: f32[2] scale 1 zero 0 = foreign(x, _, w)\n"
    "z: f32[2], s = foreign(y, s) named last\n"
    "output z\n";

/// What verify says of the sound graph after a change, or "".
std::string said(const std::function<void(Graph&)>& change) {
    auto graph = parse(kSound, kOperators);
    if (!graph.ok()) {
        return graph.error().message();
    }
    change(graph.value());
    const Done verified = verify(graph.value());
    return verified.ok() ? "" : verified.error().message();
}

Value& named(Graph& graph, std::string_view name) {
    std::uint32_t i = 0;
    while (graph[ValueId{i}].name != name) {
        ++i;
    }
    return graph[ValueId{i}];
}

TEST(Verify, AcceptsASoundGraph) {
    EXPECT_EQ(said([](Graph&) {}), "");
}

TEST(Verify, IgnoresValuesThatNobodyUses) {
    EXPECT_EQ(said([](Graph& g) { g.add({}); }), "");
}

TEST(Verify, RefusesOperandsThatDoNotExist) {
    EXPECT_NE(said([](Graph& g) { g.nodes[0].inputs[0] = ValueId{99}; }).find("reads value 99"),
              std::string::npos);
    EXPECT_NE(said([](Graph& g) { g.nodes[0].outputs[0] = ValueId{99}; }).find("writes value 99"),
              std::string::npos);
    EXPECT_NE(said([](Graph& g) { g.nodes[0].outputs[0] = kNoValue; }), "");
    EXPECT_NE(said([](Graph& g) { g.inputs[0] = ValueId{99}; }), "");
    EXPECT_NE(said([](Graph& g) { g.outputs[0] = ValueId{99}; }), "");
}

TEST(Verify, NamesTheNodeThatReadsBeforeSomethingIsMade) {
    EXPECT_EQ(said([](Graph& g) { std::swap(g.nodes[0], g.nodes[1]); }),
              "node 0 'last' (foreign): 'y' f32[2] is read before it is made");
}

TEST(Verify, RefusesTwoProducersAndWritesToConstantsAndInputs) {
    EXPECT_NE(
        said([](Graph& g) { g.nodes[1].outputs[0] = g.nodes[0].outputs[0]; }).find("made twice"),
        std::string::npos);
    EXPECT_NE(said([](Graph& g) {
                  g.nodes[1].outputs[1] = g.nodes[0].inputs[2];
              }).find("writes the constant"),
              std::string::npos);
    EXPECT_NE(said([](Graph& g) { g.nodes[1].outputs[0] = g.inputs[0]; }).find("made twice"),
              std::string::npos);
}

TEST(Verify, RefusesAnOutputThatNobodyMakes) {
    EXPECT_EQ(said([](Graph& g) { g.nodes.pop_back(); }),
              "the outputs: 'z' f32[2] is read before it is made");
}

TEST(Verify, RefusesTensorsWithoutTypeOrSize) {
    EXPECT_NE(said([](Graph& g) { named(g, "y").type = Type::none; }).find("no element type"),
              std::string::npos);
    EXPECT_NE(said([](Graph& g) { named(g, "y").type = Type::any; }).find("no element type"),
              std::string::npos);
    EXPECT_NE(said([](Graph& g) { named(g, "y").dims = {2, 0}; }).find("dimension of 0"),
              std::string::npos);
    EXPECT_NE(said([](Graph& g) { named(g, "y").dims = {-2}; }).find("dimension of -2"),
              std::string::npos);
    EXPECT_NE(said([](Graph& g) { named(g, "y").dims = {1 << 29}; }).find("too large"),
              std::string::npos);
    EXPECT_EQ(said([](Graph& g) { named(g, "y").dims = {(1 << 29) - 1}; }), "");
    EXPECT_NE(said([](Graph& g) { named(g, "y").dims = {INT64_MAX, INT64_MAX}; }).find("too large"),
              std::string::npos);
}

TEST(Verify, RefusesConstantsOfAnotherSize) {
    EXPECT_EQ(said([](Graph& g) { named(g, "w").constant = Constant(std::vector<std::byte>(3)); }),
              "node 0 '' (foreign): 'w' s8[2] has 3 bytes; wanted: 2 bytes");
    EXPECT_NE(said([](Graph& g) { named(g, "s").constant = Constant(std::vector<std::byte>(3)); }),
              "");
}

TEST(Verify, RefusesQuantisationThatDoesNotCount) {
    EXPECT_NE(said([](Graph& g) { named(g, "w").quantisation.axis = 1; }).find("along axis 1"),
              std::string::npos);
    EXPECT_NE(said([](Graph& g) { named(g, "w").quantisation.scales.push_back(1); }), "");
    EXPECT_NE(said([](Graph& g) { named(g, "y").quantisation.zero_points.push_back(1); }), "");
    EXPECT_NE(said([](Graph& g) { named(g, "y").quantisation.scales.clear(); }), "");
}

TEST(Verify, RefusesPortsOfTheSameName) {
    EXPECT_EQ(said([](Graph& g) {
                  Value twin = named(g, "x");
                  g.inputs.push_back(g.add(twin));
              }),
              "two inputs are named 'x'");
    EXPECT_NE(said([](Graph& g) { g.inputs.push_back(g.inputs[0]); }).find("an input twice"),
              std::string::npos);
}

}  // namespace
}  // namespace verge::graph
