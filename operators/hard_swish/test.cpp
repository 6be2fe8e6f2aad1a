// hard_swish: import and kernel. The golden vector is what TensorFlow Lite Micro gave for the same
// one-operator model.

#include <gtest/gtest.h>

#include "operators/hard_swish/op.hpp"
#include "operators/unary_test_support.hpp"

namespace verge {
namespace {

constexpr auto kCode = tflite::BuiltinOperator::HARD_SWISH;

TEST(HardSwish, OfInt8IsBitExactAsALookup) {
    EXPECT_EQ(test::run_unary(kCode, {0.05F, -9, 0.03F, -100}, test::ladder<std::int8_t>()),
              (std::vector<std::int8_t>{-100, -100, -100, -100, -106, -112, -110, -100, -82, -56,
                                        -21, 13, 42, 70, 98, 127}));
}

TEST(HardSwish, OfFloatsByHand) {
    const test::OneStep step(OpId::hard_swish, HardSwish{},
                             {test::input<float>({4}, {-4, -1.5F, 3, 9})},
                             {test::output(plan::Type::f32, {4})});
    EXPECT_EQ(step.run<float>(), (std::vector<float>{0, -0.375F, 3, 9}));
}

TEST(HardSwish, CheckRefusesAnOutputOfAnotherShape) {
    test::OneStep step(OpId::hard_swish, HardSwish{}, {test::input<float>({4}, {1, 2, 3, 4})},
                       {test::output(plan::Type::f32, {5})});
    EXPECT_FALSE(step.check().ok());
}

TEST(HardSwish, RefusesAnOutputThatIsFarFinerThanTheInput) {
    EXPECT_FALSE(test::import_unary<std::int8_t>(kCode, {1.0F, 0, 0.001F, 0}, 4).ok());
}

}  // namespace
}  // namespace verge
