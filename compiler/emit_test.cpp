// What a plan cannot say is refused with the numbers, before anything is written.

#include "compiler/emit.hpp"

#include <gtest/gtest.h>

#include "compiler/compile.hpp"
#include "operators/clamp/op.hpp"
#include "operators/conv2d/layout.hpp"
#include "operators/conv2d/op.hpp"
#include "operators/read_state/op.hpp"
#include "operators/repack.hpp"

namespace verge::compiler {
namespace {

constexpr std::int64_t kHuge = 0x7fffffff;  // 2 GiB less one byte: the most that one tensor has

graph::ValueId add_value(graph::Graph& graph, const std::string& name, graph::ValueKind kind) {
    graph::Value value;
    value.name = name;
    value.type = plan::Type::s8;
    value.dims = {kHuge};
    value.kind = kind;
    return graph.add(std::move(value));
}

template <typename Struct>
void add_node(graph::Graph& graph,
              OpId op,
              graph::ValueId input,
              graph::ValueId output,
              const Struct& attributes) {
    graph::Node node{op, "node", {input}, {output}, {}};
    graph::set_attributes(node, attributes);
    graph.nodes.push_back(std::move(node));
    graph.outputs.push_back(output);
}

/// An input and three outputs that are all alive at the end.
graph::Graph four_activations() {
    graph::Graph graph;
    const auto x = add_value(graph, "x", graph::ValueKind::activation);
    graph.inputs = {x};
    for (std::int32_t i = 0; i < 3; ++i) {
        const auto y = add_value(graph, std::to_string(i), graph::ValueKind::activation);
        add_node(graph, OpId::clamp, x, y, Clamp{0, 0, 1 << 30, 1, -i - 1, i + 1, 0, 0});
    }
    return graph;
}

graph::Graph three_states() {
    graph::Graph graph;
    for (int i = 0; i < 3; ++i) {
        const auto state = add_value(graph, std::to_string(i), graph::ValueKind::state);
        const auto y = add_value(graph, "y" + std::to_string(i), graph::ValueKind::activation);
        add_node(graph, OpId::read_state, state, y, ReadState{});
    }
    return graph;
}

TEST(Emit, RefusesFourLiveActivationsOf2GiBEach) {
    for (const char* target : {"host", "cortex-m4"}) {
        const auto compiled = compile(four_activations(), {.target = find_target(target).value()});
        ASSERT_FALSE(compiled.ok()) << target;
        EXPECT_NE(compiled.error().what.find("arena of "), std::string::npos)
            << compiled.error().message();
        EXPECT_EQ(compiled.error().wanted, "at most 4294967295 bytes");
    }
}

TEST(Emit, RefusesStatesBeyond32Bits) {
    const auto emitted = emit(three_states(), {.target = find_target("host").value()});
    ASSERT_FALSE(emitted.ok());
    EXPECT_EQ(emitted.error().what, "the states need more than 4294967295 bytes");
}

TEST(Emit, RefusesAnArenaAndStatesThatTogetherGoBeyond32Bits) {
    graph::Graph graph = three_states();
    graph.nodes.pop_back();
    graph.outputs.pop_back();
    const auto compiled = compile(std::move(graph), {.target = find_target("host").value()});
    ASSERT_FALSE(compiled.ok());
    EXPECT_NE(compiled.error().what.find("arena and states need 858993459"), std::string::npos)
        << compiled.error().message();
}

TEST(Emit, RefusesMoreTensorsThanAPlanHasWithTheScratchOfItsSteps) {
    plan::Draft draft;
    const std::uint32_t dims[] = {1, 1, 1, 4};
    const plan::Tensor row = plan::dense_tensor(plan::Type::s8, dims);
    const std::uint16_t x = draft.add_tensor(row);
    const std::uint16_t y = draft.add_tensor(row);
    Conv2D a{};
    a.kernel_h = a.kernel_w = 1;
    draft.add_step({.op = static_cast<std::uint16_t>(OpId::conv2d),
                    .inputs = {x},
                    .outputs = {y},
                    .attributes = std::as_bytes(std::span(&a, 1)),
                    .name = "gathers",
                    .layout = conv2d_layout::kAvx2});
    plan::Draft full = draft;
    full.tensors.resize(plan::kAbsent - 1, row);
    ASSERT_TRUE(add_scratch(draft).ok());
    ASSERT_EQ(draft.tensors.size(), 3U) << "this step has scratch";
    EXPECT_FALSE(add_scratch(full).ok());
}

}  // namespace
}  // namespace verge::compiler
