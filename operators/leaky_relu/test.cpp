// leaky_relu: import, check and kernels. The golden vectors are what TensorFlow Lite Micro gave
// for the same one-operator models.

#include <gtest/gtest.h>

#include "operators/leaky_relu/op.hpp"
#include "operators/unary_test_support.hpp"

namespace verge {
namespace {

constexpr auto kCode = tflite::BuiltinOperator::LEAKY_RELU;

tflite::LeakyReluOptions tenth() {
    tflite::LeakyReluOptions options;
    options.alpha = 0.1F;
    return options;
}

TEST(LeakyRelu, OfInt8IsBitExactAsALookup) {
    EXPECT_EQ(
        test::run_unary(kCode, {0.05F, -9, 0.03F, -100}, test::ladder<std::int8_t>(), tenth()),
        (std::vector<std::int8_t>{-120, -117, -114, -111, -109, -106, -103, -100, -72, -43, -15, 13,
                                  42, 70, 98, 127}));
}

TEST(LeakyRelu, OfInt16IsBitExact) {
    EXPECT_EQ(
        test::run_unary(kCode, {0.0005F, 0, 0.0003F, 0}, test::ladder<std::int16_t>(), tenth()),
        (std::vector<std::int16_t>{-5333, -4625, -3917, -3208, -2500, -1792, -1083, -375, 3333,
                                   10417, 17500, 24583, 31667, 32767, 32767, 32767}));
}

TEST(LeakyRelu, OfFloatsTakesAnyAlpha) {
    LeakyRelu a{};
    a.alpha = -2.0F;
    const test::OneStep step(OpId::leaky_relu, a, {test::input<float>({3}, {-1, 0, 3})},
                             {test::output(plan::Type::f32, {3})});
    EXPECT_EQ(step.run<float>(), (std::vector<float>{2, 0, 3}));
}

TEST(LeakyRelu, CheckRefusesEveryBrokenDescriptor) {
    const auto breaks = [](auto change) {
        test::OneStep step(OpId::leaky_relu, LeakyRelu{}, {test::input<std::int16_t>({2}, {1, 2})},
                           {test::output(plan::Type::s16, {2})});
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(breaks([](plan::Draft&) {}));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].dims[0] = 3; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.attributes[16] = std::byte{31}; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.attributes[23] = std::byte{0x80}; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.attributes[24] = std::byte{31}; }));
}

}  // namespace
}  // namespace verge
