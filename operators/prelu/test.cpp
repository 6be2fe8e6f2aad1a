// prelu: import, check and kernels. The golden vector is what TensorFlow Lite Micro gave for the
// same one-operator model.

#include <gtest/gtest.h>

#include "operators/import_test_support.hpp"
#include "operators/prelu/op.hpp"

namespace verge {
namespace {

Outcome<graph::Graph> import_prelu(std::vector<std::int8_t> alpha) {
    using enum tflite::TensorType;
    tflite::ModelBuilder builder;
    const auto count = static_cast<std::int64_t>(alpha.size());
    const auto x = builder.add_tensor("x", int8, {1, 2, 3, 4}, tflite::per_tensor(0.05F, -9));
    const auto a =
        builder.add_constant("alpha", int8, {count}, alpha, tflite::per_tensor(0.01F, 2));
    const auto y = builder.add_tensor("y", int8, {1, 2, 3, 4}, tflite::per_tensor(0.03F, 7));
    builder.add_operator(tflite::BuiltinOperator::PRELU, {x, a}, {y});
    builder.set_inputs({x});
    builder.set_outputs({y});
    return test::import_one(builder.model());
}

test::OneStep step_of(const graph::Graph& graph) {
    std::vector<std::byte> values;
    for (int i = -60; i < 60; i += 5) {
        values.push_back(static_cast<std::byte>(i));
    }
    return test::step_of(graph, {values});
}

TEST(Prelu, OfInt8IsBitExactWithAnAlphaPerChannel) {
    const auto graph = import_prelu({10, -20, 30, 127});
    ASSERT_TRUE(graph.ok()) << graph.error().message();
    const auto step = step_of(graph.value());
    ASSERT_TRUE(step.check().ok());
    EXPECT_TRUE(test::infer_last(graph.value()).ok());
    EXPECT_EQ(step.run<std::int8_t>(),
              (std::vector<std::int8_t>{0,  24, -12, -68, 3,  17, -3, -26, 6,  9,  7,   14,
                                        22, 30, 39,  47,  55, 64, 72, 80,  89, 97, 105, 114}));
}

TEST(Prelu, OfFloatsByHand) {
    const test::OneStep step(
        OpId::prelu, Prelu{},
        {test::input<float>({2, 2}, {-1, -1, 2, 0}), test::constant<float>({2}, {0.5F, -3})},
        {test::output(plan::Type::f32, {2, 2})});
    EXPECT_EQ(step.run<float>(), (std::vector<float>{-0.5F, 3, 2, 0}));
}

TEST(Prelu, RefusesAnAlphaThatDoesNotBroadcast) {
    EXPECT_FALSE(import_prelu({1, 2, 3}).ok());
}

TEST(Prelu, CheckRefusesEveryBrokenDescriptor) {
    const auto graph = import_prelu({1, 2, 3, 4});
    ASSERT_TRUE(graph.ok());
    const auto breaks = [&](auto change) {
        test::OneStep step = step_of(graph.value());
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(breaks([](plan::Draft&) {}));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].dims[0] = 3; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[2].dims[1] = 3; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.attributes[16] = std::byte{31}; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.attributes[24] = std::byte{31}; }));
}

}  // namespace
}  // namespace verge
