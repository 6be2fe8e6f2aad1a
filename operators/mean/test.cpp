// mean: import, check and kernels. The golden vector is what TensorFlow Lite Micro gave for the
// same one-operator model.

#include <gtest/gtest.h>

#include "operators/import_test_support.hpp"
#include "operators/mean/op.hpp"
#include "operators/overlap_test_support.hpp"

namespace verge {
namespace {

std::vector<std::int8_t> steps_of_five() {
    std::vector<std::int8_t> values;
    for (int i = -60; i < 60; i += 5) {
        values.push_back(static_cast<std::int8_t>(i));
    }
    return values;
}

Outcome<graph::Graph> import_mean(std::vector<std::int32_t> axes,
                                  bool keeps,
                                  std::vector<std::int64_t> shape) {
    using enum tflite::TensorType;
    tflite::ModelBuilder builder;
    const auto count = static_cast<std::int64_t>(axes.size());
    const auto x = builder.add_tensor("x", int8, {1, 2, 3, 4}, tflite::per_tensor(0.05F, -9));
    const auto a = builder.add_constant("axes", int32, {count}, axes);
    const auto y = builder.add_tensor("y", int8, std::move(shape), tflite::per_tensor(0.03F, 7));
    builder.add_operator(tflite::BuiltinOperator::MEAN, {x, a}, {y},
                         tflite::ReducerOptions{.keep_dims = keeps});
    builder.set_inputs({x});
    builder.set_outputs({y});
    return test::import_one(builder.model());
}

test::OneStep step_of(const graph::Graph& graph) {
    const auto values = steps_of_five();
    const auto bytes = std::as_bytes(std::span(values));
    return test::step_of(graph, {{bytes.begin(), bytes.end()}});
}

TEST(Mean, OverRowsAndColumnsIsBitExact) {
    for (const bool keeps : {true, false}) {
        const auto graph =
            keeps ? import_mean({1, 2}, true, {1, 1, 1, 4}) : import_mean({-2, 1}, false, {1, 4});
        ASSERT_TRUE(graph.ok()) << graph.error().message();
        EXPECT_TRUE(test::infer_last(graph.value()).ok());
        const auto step = step_of(graph.value());
        ASSERT_TRUE(step.check().ok());
        EXPECT_EQ(step.run<std::int8_t>(), (std::vector<std::int8_t>{5, 14, 22, 31}));
    }
}

TEST(Mean, OfFloatsOverAxesThatDoNotTouch) {
    Mean a{};
    a.reduces[0] = a.reduces[2] = 1;
    const test::OneStep step(OpId::mean, a,
                             {test::input<float>({2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8})},
                             {test::output(plan::Type::f32, {2})});
    EXPECT_EQ(step.run<float>(), (std::vector<float>{3.5F, 5.5F}));
    EXPECT_EQ(step.run<float>(step.variants()[0], 0, 1), step.run<float>());
}

TEST(Mean, WritesOverItsInput) {
    const auto graph = import_mean({1, 3}, false, {1, 3});
    ASSERT_TRUE(graph.ok());
    auto step = step_of(graph.value());
    const auto values = steps_of_five();
    EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(values)),
                                   test::overlap_of(step).value()),
              step.run<std::byte>());
}

TEST(Mean, RefusesAnAxisOrShapeThatIsNotThere) {
    EXPECT_FALSE(import_mean({4}, false, {1, 2, 3}).ok());
    EXPECT_FALSE(import_mean({1, 2}, false, {1, 1, 1, 4}).ok());
}

TEST(Mean, CheckRefusesEveryBrokenDescriptor) {
    const auto graph = import_mean({1, 2}, false, {1, 4});
    ASSERT_TRUE(graph.ok());
    const auto breaks = [&](auto change) {
        test::OneStep step = step_of(graph.value());
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(breaks([](plan::Draft&) {}));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].dims[1] = 5; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.attributes[12] = std::byte{1}; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.attributes[31] = std::byte{0x80}; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.attributes[32] = std::byte{31}; }));
}

}  // namespace
}  // namespace verge
