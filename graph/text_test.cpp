#include "graph/text.hpp"

#include <gtest/gtest.h>

namespace verge::graph {
namespace {

constexpr Field kFields[] = {{"stride", 0, Field::Kind::s32, 1},
                             {"low", 4, Field::Kind::f32, 1},
                             {"pads", 8, Field::Kind::s32, 2}};
constexpr OperatorText kOperators[] = {{OpId::conv2d, "conv2d", kFields},
                                       {OpId::foreign, "foreign", {}}};

constexpr const char* kText = R"(graph "two words"
meta author "a \"b\" \\ \x0a"
input x: s8[1,49,10,1] scale 0.5847 zero 83
const w: s8[2,1,1,1] scales [0.5, 0.25] zeros [0, 0] = [1, -2]
const d: s8[2] scales [0.5, 0.25] zeros [0, 0] axis 3 = [-128, 127]
const f: f32[4] = [1e-30, -0, inf, 0x7fc00001]
const h: f16[1] = [0x3c00]
const n: s4[3] = [-8, 7, 1]
const u: u64[1] = [18446744073709551615]
state ring: s8[1,2] = zeros
state cell: s32[] = [7]
y: s8[1,25,5,2] scale 0.1 zero -5 = conv2d(x, w, _, d) {stride=2, low=-1.5, pads=[0, 1]} named "first one"
z: f32[1], ring = foreign(y, ring)
ring = foreign(z)
= foreign() {bytes=00ff}
output y
output z
)";

std::string round_trip(std::string_view text) {
    const auto graph = parse(text, kOperators);
    return graph.ok() ? print(graph.value(), kOperators, ConstantText::full)
                      : graph.error().message();
}

TEST(GraphText, ReadsBackWhatItPrints) {
    EXPECT_EQ(round_trip(kText), kText);
}

TEST(GraphText, TellsValuesWithTheSameOrNoNameApart) {
    Graph graph;
    const auto add = [&](const char* name) {
        Value value;
        value.name = name;
        value.type = Type::f32;
        value.dims = {1};
        return graph.add(std::move(value));
    };
    graph.inputs = {add("same"), add("same")};
    graph.outputs = {add(""), add("input")};
    graph.nodes = {{OpId::foreign, "", {graph.inputs[1], kNoValue}, {graph.outputs[0]}, {}},
                   {OpId::foreign, "", {graph.outputs[0]}, {graph.outputs[1]}, {}}};
    const std::string text = print(graph, kOperators);
    EXPECT_EQ(text,
              "input same%0: f32[1]\n"
              "input same%1: f32[1]\n"
              "\"\"%2: f32[1] = foreign(same%1, _)\n"
              "\"input\": f32[1] = foreign(\"\"%2)\n"
              "output \"\"%2\n"
              "output \"input\"\n");
    EXPECT_EQ(round_trip(text), text);
}

TEST(GraphText, PrintsLongConstantsAsAHashUnlessAskedForInFull) {
    const auto graph = parse("const w: s8[65] = fill(3)\nconst v: s8[64] = ones\n", kOperators);
    ASSERT_TRUE(graph.ok());
    const std::string brief = print(graph.value(), kOperators);
    EXPECT_NE(brief.find("const w: s8[65] = hash 0x"), std::string::npos) << brief;
    EXPECT_NE(brief.find("const v: s8[64] = [1, 1"), std::string::npos) << brief;
    EXPECT_NE(print(graph.value(), kOperators, ConstantText::full).find("[3, 3"),
              std::string::npos);
}

TEST(GraphText, MakesTheSameRandomElementsFromTheSameSeed) {
    const std::string one = round_trip("const w: s8[9] = random(1)");
    EXPECT_EQ(one, round_trip("const w: s8[9] = random(1)"));
    EXPECT_NE(one, round_trip("const w: s8[9] = random(2)"));
}

TEST(GraphText, KeepsAttributeBytesThatNoFieldCovers) {
    const std::string text = "= conv2d() {bytes=0000000000000000000000000000000001}\n";
    EXPECT_EQ(round_trip(text), text);
}

struct Refusal {
    const char* text;
    const char* said;
};

class GraphTextRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(GraphTextRefuses, WithTheLineAndWhatWasWanted) {
    const auto graph = parse(GetParam().text, kOperators);
    ASSERT_FALSE(graph.ok());
    EXPECT_NE(graph.error().message().find(GetParam().said), std::string::npos)
        << graph.error().message();
}

INSTANTIATE_TEST_SUITE_P(
    Lines,
    GraphTextRefuses,
    testing::Values(
        Refusal{"\ninput x s8[1]", "line 2: found 's8[1]'; wanted: ':' and a type"},
        Refusal{"input x: s9[1]", "found type 's9'"},
        Refusal{"input x: s8[1", "wanted: ',' or ']'"},
        Refusal{"input x: s8[-1]", "an item in brackets is no such number; wanted: dims"},
        Refusal{"input x: s8[1]\ninput x: s8[1]", "line 2: a second x"},
        Refusal{"input x: s8[1] banana", "found 'banana'; wanted: the end of the line"},
        Refusal{"const w: s8[2] = [1]", "1 elements; wanted: 2"},
        Refusal{"const w: s8[1] = [128]",
                "wanted: as many elements as the dims say, each of its type"},
        Refusal{"const w: s8[1] = [1, 2]",
                "wanted: as many elements as the dims say, each of its type"},
        Refusal{"const w: s8[99999999999] = zeros", "constants of more than 64 MiB"},
        Refusal{"const w: f32[16000000] = ones\nconst v: f32[16000000] = ones",
                "line 2: constants of more"},
        Refusal{"const w: s8[1] = hash 0x12",
                "printed as a hash; wanted: elements; print the graph in full"},
        Refusal{"y: f32[1] = foreign(x)", "x is not declared above"},
        Refusal{"y: f32[1] = banana()", "there is no operator 'banana'"},
        Refusal{"= conv2d() {strode=1}", "conv2d has no attribute 'strode'"},
        Refusal{"= conv2d() {stride=1.5}", "stride: no such number; wanted: a 32-bit integer"},
        Refusal{"= conv2d() {pads=[1]}", "pads: 1 items; wanted: 2"},
        Refusal{"= foreign() {bytes=0g}", "hex digits in pairs"},
        Refusal{"output y", "y is not declared above"},
        Refusal{"graph \"open", "wanted: a name"}));

TEST(GraphText, EndsInAGraphOrAnErrorWhereverTheTextIsCut) {
    const std::string_view text = kText;
    std::size_t refused = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        refused += parse(text.substr(0, i), kOperators).ok() ? 0U : 1U;
    }
    EXPECT_GT(refused, text.size() / 2);
}

}  // namespace
}  // namespace verge::graph
