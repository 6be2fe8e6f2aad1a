// foreign: the part of the check that every accelerator shares. tests/fake_accelerator runs one.

#include <gtest/gtest.h>

#include "operators/foreign/op.hpp"
#include "operators/kernel.hpp"
#include "operators/rule.hpp"
#include "plan/draft.hpp"

namespace verge::kernel {
Fault check_foreign(const Call& call);
}

namespace verge {
namespace {

/// x s8 [4], a blob of 8 bytes, y s8 [4].
template <typename Change>
bool is_accepted(Change change) {
    plan::Draft draft;
    const std::uint32_t four[] = {4};
    const std::uint32_t eight[] = {8};
    const auto x = draft.add_tensor(plan::dense_tensor(plan::Type::s8, four));
    const auto blob = draft.add_constant(plan::dense_tensor(plan::Type::u8, eight),
                                         std::vector<std::byte>(8), 16);
    const auto y = draft.add_tensor(plan::dense_tensor(plan::Type::s8, four));
    const Foreign attributes{1};
    draft.add_step({.op = static_cast<std::uint16_t>(OpId::foreign),
                    .inputs = {x, blob},
                    .outputs = {y},
                    .attributes = std::as_bytes(std::span(&attributes, 1)),
                    .name = "foreign",
                    .layout = 7});
    change(draft);
    const plan::View view = draft.view();
    return kernel::check_foreign(Call(view, view.steps()[0])).ok();
}

TEST(Foreign, CheckWantsAConstantBlobLastAndALayoutThatNamesAnAccelerator) {
    EXPECT_TRUE(is_accepted([](plan::Draft&) {}));
    EXPECT_FALSE(is_accepted([](plan::Draft& d) { d.steps[0].layout = 0; }));
    EXPECT_FALSE(is_accepted([](plan::Draft& d) { d.steps[0].input_count = 0; }));
    EXPECT_FALSE(is_accepted([](plan::Draft& d) { d.steps[0].input_count = 1; }));
    EXPECT_FALSE(is_accepted([](plan::Draft& d) { d.operands[1] = plan::kAbsent; }));
    EXPECT_FALSE(is_accepted([](plan::Draft& d) { d.tensors[1].region = plan::region::arena; }));
}

TEST(Foreign, RuleTakesTheOutputsAsTheyAreDeclared) {
    graph::Graph graph;
    const auto y = graph.add({"y", plan::Type::f32, {2, 3}, {}, {}, {}});
    const graph::Node node{OpId::foreign, "foreign", {}, {y}, std::vector<std::byte>(4)};
    const auto types = row(OpId::foreign).rule->infer(graph, node);
    ASSERT_TRUE(types.ok());
    EXPECT_EQ(types.value(), (std::vector{TensorType{plan::Type::f32, {2, 3}}}));
}

}  // namespace
}  // namespace verge
