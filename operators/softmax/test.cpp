// softmax: import, check and kernels. The golden vectors are what TensorFlow Lite Micro (uint8:
// LiteRT's reference kernels) gave for the same one-operator models.

#include <cmath>

#include <gtest/gtest.h>

#include "operators/overlap_test_support.hpp"
#include "operators/softmax/op.hpp"
#include "operators/unary_test_support.hpp"

namespace verge {
namespace {

constexpr auto kCode = tflite::BuiltinOperator::SOFTMAX;
const std::vector<std::int8_t> kValues = {-100, -20, 0, 5, 17, 20, 60, 61};

tflite::SoftmaxOptions beta_of_one() {
    tflite::SoftmaxOptions options;
    options.beta = 1.0F;
    return options;
}

TEST(Softmax, OfInt8IsBitExact) {
    EXPECT_EQ(test::run_unary(kCode, {0.06F, 3, 1.0F / 256, -128}, kValues, beta_of_one()),
              (std::vector<std::int8_t>{-128, -127, -125, -124, -120, -118, -17, -10}));
}

TEST(Softmax, OfInt8ToInt16IsBitExact) {
    const auto found = test::run_unary<std::int8_t, std::int16_t>(
        kCode, {0.06F, 3, 1.0F / 65536, -32768}, kValues, beta_of_one());
    EXPECT_EQ(found, (std::vector<std::int16_t>{-32766, -32534, -31990, -31717, -30610, -30184,
                                                -4284, -2523}));
}

TEST(Softmax, OfUint8IsBitExact) {
    const std::vector<std::uint8_t> values = {28, 108, 128, 133, 145, 148, 188, 189};
    EXPECT_EQ(test::run_unary(kCode, {0.06F, 3, 1.0F / 256, 0}, values, beta_of_one()),
              (std::vector<std::uint8_t>{0, 1, 3, 4, 8, 10, 111, 118}));
}

TEST(Softmax, OfInt16IsBitExact) {
    const std::vector<std::int16_t> values = {-10000, -2000, 0, 500, 1700, 2000, 6000, 6100};
    EXPECT_EQ(test::run_unary(kCode, {0.0006F, 0, 1.0F / 32768, 0}, values, beta_of_one()),
              (std::vector<std::int16_t>{1, 117, 389, 525, 1079, 1291, 14242, 15122}));
}

TEST(Softmax, OfFloatsIsNearTheExponentialsAndSumsToOne) {
    test::Random random(2);
    const auto values = random.floats(64);
    Softmax a{};
    a.beta = 8.0F;
    const test::OneStep step(OpId::softmax, a, {test::input({2, 32}, values)},
                             {test::output(plan::Type::f32, {2, 32})});
    const auto found = step.run<float>();
    for (std::size_t row = 0; row < 2; ++row) {
        double sum = 0;
        for (std::size_t i = 0; i < 32; ++i) {
            sum += std::exp(8.0 * values[row * 32 + i]);
        }
        for (std::size_t i = 0; i < 32; ++i) {
            EXPECT_NEAR(found[row * 32 + i], std::exp(8.0 * values[row * 32 + i]) / sum, 1e-6);
        }
    }
}

TEST(Softmax, WritesOverItsInput) {
    const auto values = test::Random(1).values<std::int8_t>(30, -128, 127);
    Softmax a{0, 1 << 30, 20, -60};
    test::OneStep step(OpId::softmax, a, {test::input({3, 10}, values)},
                       {test::output(plan::Type::s8, {3, 10})});
    EXPECT_EQ(test::overlap_of(step), 0);
    EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(values)), 0),
              step.run<std::byte>());
}

// Thousands of equal classes make the sum wrap around, as the original's does: still no undefined
// behaviour, which the sanitizers watch.
TEST(Softmax, OfMoreClassesThanItsSumCanHoldEnds) {
    const std::vector<std::int8_t> values(8192, 5);
    Softmax a{0, 1 << 30, 20, -60};
    const test::OneStep step(OpId::softmax, a, {test::input({1, 8192}, values)},
                             {test::output(plan::Type::s8, {1, 8192})});
    EXPECT_EQ(step.run<std::int8_t>().size(), 8192U);
}

TEST(Softmax, RefusesAnOutputThatDoesNotSpanItsType) {
    const auto found =
        test::import_unary<std::int8_t>(kCode, {0.06F, 3, 1.0F / 128, -128}, 8, beta_of_one());
    EXPECT_FALSE(found.ok());
}

TEST(Softmax, CheckRefusesEveryBrokenDescriptor) {
    const auto breaks = [](auto change) {
        Softmax a{0, 1 << 30, 20, -60};
        test::OneStep step(OpId::softmax, a, {test::input({1, 8}, kValues)},
                           {test::output(plan::Type::s8, {1, 8})});
        change(step.draft());
        return !step.check().ok();
    };
    const auto sets = [&](std::size_t field, std::int32_t bad) {
        return breaks(
            [&](plan::Draft& d) { std::memcpy(d.attributes.data() + field * 4, &bad, 4); });
    };
    EXPECT_FALSE(breaks([](plan::Draft&) {}));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].dims[1] = 9; }));
    EXPECT_TRUE(sets(1, -1));
    EXPECT_TRUE(sets(2, 32));
    EXPECT_TRUE(sets(3, 1));
}

}  // namespace
}  // namespace verge
