// read_state: a copy that later changes of the state do not reach.

#include "operators/assign/op.hpp"
#include "operators/graph_test_support.hpp"
#include "operators/read_state/op.hpp"

namespace verge {
namespace {

TEST(ReadState, KeepsWhatItReadWhenTheStateChanges) {
    graph::Graph graph;
    const auto add = [&](graph::ValueKind kind) {
        return graph.add({"v", plan::Type::s16, {2}, {}, kind, {}});
    };
    const auto x = add(graph::ValueKind::activation);
    const auto before = add(graph::ValueKind::activation);
    const auto after = add(graph::ValueKind::activation);
    const auto state = add(graph::ValueKind::state);
    graph.nodes.push_back(
        {OpId::read_state, "before", {state}, {before}, std::vector<std::byte>(4)});
    graph.nodes.push_back({OpId::assign, "assign", {x}, {state}, std::vector<std::byte>(4)});
    graph.nodes.push_back({OpId::read_state, "after", {state}, {after}, std::vector<std::byte>(4)});
    test::GraphRunner runner(graph);
    runner.set<std::int16_t>(x, {5, 6});
    runner.run();
    EXPECT_EQ(runner.get<std::int16_t>(before), (std::vector<std::int16_t>{0, 0}));
    EXPECT_EQ(runner.get<std::int16_t>(after), (std::vector<std::int16_t>{5, 6}));
    runner.set<std::int16_t>(x, {7, 8});
    runner.run();
    EXPECT_EQ(runner.get<std::int16_t>(before), (std::vector<std::int16_t>{5, 6}));
}

TEST(ReadState, CheckRefusesAnotherTypeOrSize) {
    const auto breaks = [](auto change) {
        test::OneStep step(OpId::read_state, ReadState{},
                           {test::input<std::int16_t>({2, 2}, {1, 2, 3, 4})},
                           {test::output(plan::Type::s16, {4})});
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(breaks([](plan::Draft&) {}));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].dims[0] = 3; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].type = plan::Type::u16; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[0].pixel_stride = 8; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.steps[0].output_count = 0; }));
}

}  // namespace
}  // namespace verge
