// clamp: import, check and kernels. The golden vector is what TensorFlow Lite Micro gave for the
// same one-operator model.

#include <gtest/gtest.h>

#include "operators/clamp/op.hpp"
#include "operators/unary_test_support.hpp"

namespace verge {
namespace {

using enum tflite::BuiltinOperator;

TEST(Clamp, ReluOfInt8RequantisesBitExactly) {
    EXPECT_EQ(test::run_unary(RELU, {0.05F, -9, 0.03F, -100}, test::ladder<std::int8_t>()),
              (std::vector<std::int8_t>{-100, -100, -100, -100, -100, -100, -100, -100, -72, -43,
                                        -15, 13, 42, 70, 98, 127}));
}

TEST(Clamp, KeepsEveryNumberInsideWhenNothingIsRequantised) {
    std::vector<std::uint8_t> values;
    std::vector<std::uint8_t> wanted;
    for (int i = 0; i < 256; ++i) {
        values.push_back(static_cast<std::uint8_t>(i));
        wanted.push_back(static_cast<std::uint8_t>(std::clamp(i, 20, 80)));
    }
    EXPECT_EQ(test::run_unary(RELU6, {0.1F, 20, 0.1F, 20}, values), wanted);
}

TEST(Clamp, BoundsInt16BetweenMinusOneAndOne) {
    const std::vector<std::int16_t> values = {-32768, -1001, -999, 0, 999, 1001, 32767};
    EXPECT_EQ(test::run_unary(RELU_N1_TO_1, {0.001F, 0, 0.001F, 0}, values),
              (std::vector<std::int16_t>{-1000, -1000, -999, 0, 999, 1000, 1000}));
}

TEST(Clamp, BoundsFloats) {
    Clamp a{};
    a.float_min = 0;
    a.float_max = 6;
    const test::OneStep step(OpId::clamp, a, {test::input<float>({4}, {-1, 0.5F, 6, 7})},
                             {test::output(plan::Type::f32, {4})});
    EXPECT_EQ(step.run<float>(), (std::vector<float>{0, 0.5F, 6, 6}));
}

TEST(Clamp, RefusesARelu6ThatRequantisesWhichTheOriginalCannot) {
    EXPECT_FALSE(test::import_unary<std::int8_t>(RELU6, {0.1F, 20, 0.2F, 20}, 4).ok());
}

TEST(Clamp, CheckRefusesEveryBrokenDescriptor) {
    const auto breaks = [](auto change) {
        Clamp a{};
        a.shift = 1;
        test::OneStep step(OpId::clamp, a, {test::input<std::int8_t>({4}, {1, 2, 3, 4})},
                           {test::output(plan::Type::s8, {4})});
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(breaks([](plan::Draft&) {}));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].dims[0] = 5; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.attributes[11] = std::byte{0x80}; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.attributes[12] = std::byte{31}; }));
}

}  // namespace
}  // namespace verge
