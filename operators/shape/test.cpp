// shape: import, check and kernels.

#include <gtest/gtest.h>

#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"
#include "operators/shape/op.hpp"

namespace verge {
namespace {

using test::OneStep;

TEST(Shape, WritesTheDims) {
    const OneStep step(OpId::shape, Shape{}, {test::input<std::int8_t>({2, 3}, {1, 2, 3, 4, 5, 6})},
                       {test::output(plan::Type::s32, {2})});
    ASSERT_TRUE(step.check().ok());
    EXPECT_EQ(step.run<std::int32_t>(), (std::vector<std::int32_t>{2, 3}));
}

TEST(Shape, CheckRefusesAnotherNumberOfDims) {
    const OneStep step(OpId::shape, Shape{}, {test::input<std::int8_t>({2, 3}, {1, 2, 3, 4, 5, 6})},
                       {test::output(plan::Type::s64, {3})});
    EXPECT_FALSE(step.check().ok());
}

TEST(Shape, ImportMakesAConstantAndNoNode) {
    for (const auto type : {tflite::TensorType::int32, tflite::TensorType::int64}) {
        tflite::ModelBuilder builder;
        const auto x = builder.add_tensor("x", tflite::TensorType::float32, {4, 5});
        const auto y = builder.add_tensor("y", type, {2});
        builder.add_operator(tflite::BuiltinOperator::SHAPE, {x}, {y}, tflite::ShapeOptions{});
        builder.set_inputs({x});
        builder.set_outputs({y});
        const auto graph = test::import_one(builder.model());
        ASSERT_TRUE(graph.ok());
        EXPECT_TRUE(graph.value().nodes.empty());
        EXPECT_TRUE(graph.value()[graph.value().outputs[0]].is_constant());
    }
}

}  // namespace
}  // namespace verge
