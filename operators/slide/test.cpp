// slide: what falls out, what moves, what comes in; and refusals.

#include "operators/graph_test_support.hpp"
#include "operators/slide/op.hpp"

namespace verge {
namespace {

using Elements = std::vector<std::int16_t>;

/// A state of 2 x 2 that takes in rows of 2.
struct SlidingGraph {
    SlidingGraph() {
        x = graph.add({"x", plan::Type::s16, {1, 2}, {}, graph::ValueKind::activation, {}});
        y = graph.add({"y", plan::Type::s16, {1, 2, 2}, {}, graph::ValueKind::activation, {}});
        const auto state = graph.add({"s",
                                      plan::Type::s16,
                                      {1, 2, 2},
                                      {},
                                      graph::ValueKind::state,
                                      graph::make_constant<std::int16_t>(Elements{1, 2, 3, 4})});
        graph.nodes.push_back(
            {OpId::slide, "slide", {x, state}, {state}, std::vector<std::byte>(4)});
        graph.nodes.push_back({OpId::read_state, "read", {state}, {y}, std::vector<std::byte>(4)});
    }

    graph::Graph graph;
    graph::ValueId x{};
    graph::ValueId y{};
};

TEST(Slide, DropsTheOldestMovesTheOthersAndAppendsTheNew) {
    SlidingGraph from;
    test::GraphRunner runner(from.graph);
    const auto push = [&](const Elements& elements) {
        runner.set<std::int16_t>(from.x, elements);
        runner.run();
        return runner.get<std::int16_t>(from.y);
    };
    EXPECT_EQ(push({5, 6}), (Elements{3, 4, 5, 6}));
    EXPECT_EQ(push({7, 8}), (Elements{5, 6, 7, 8}));
    EXPECT_EQ(push({9, 10}), (Elements{7, 8, 9, 10}));
}

/// x of `count` elements, and the state, which is read and written: one operand.
test::OneStep step_of(const Elements& x, const Elements& state) {
    const auto count = [](const Elements& elements) {
        return static_cast<std::uint32_t>(elements.size());
    };
    test::OneStep step(OpId::slide, Slide{},
                       {test::input<std::int16_t>({count(x), 1}, x),
                        test::input<std::int16_t>({count(state)}, state)},
                       {test::output(plan::Type::s16, {count(state)})});
    step.draft().operands[2] = step.draft().operands[1];
    return step;
}

TEST(Slide, OfAsManyElementsAsTheStateHasReplacesIt) {
    EXPECT_EQ(step_of({1, 2, 3}, {7, 8, 9}).run<std::int16_t>(), (Elements{1, 2, 3}));
}

TEST(Slide, CheckRefusesAnotherTypeOrASmallerState) {
    const auto breaks = [](auto change) {
        test::OneStep step = step_of({1, 2}, {3, 4, 5, 6});
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(breaks([](plan::Draft&) {}));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].dims[0] = 1; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].type = plan::Type::u16; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[0].pixel_stride = 8; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.steps[0].output_count = 0; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.operands[2] = d.operands[0]; }));
}

}  // namespace
}  // namespace verge
