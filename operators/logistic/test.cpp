// logistic: import and kernels. The golden vectors are what TensorFlow Lite Micro (uint8: LiteRT's
// reference kernels) gave for the same one-operator models.

#include <cmath>

#include <gtest/gtest.h>

#include "operators/logistic/op.hpp"
#include "operators/unary_test_support.hpp"

namespace verge {
namespace {

constexpr auto kCode = tflite::BuiltinOperator::LOGISTIC;

TEST(Logistic, OfInt8IsBitExactAsALookup) {
    EXPECT_EQ(test::run_unary(kCode, {0.05F, -9, 1.0F / 256, -128}, test::ladder<std::int8_t>()),
              (std::vector<std::int8_t>{-127, -126, -124, -120, -109, -88, -51, 0, 51, 88, 109, 120,
                                        124, 126, 127, 127}));
}

TEST(Logistic, OfUint8IsBitExactAsALookup) {
    EXPECT_EQ(test::run_unary(kCode, {0.05F, 119, 1.0F / 256, 0}, test::ladder<std::uint8_t>()),
              (std::vector<std::uint8_t>{1, 2, 4, 8, 19, 40, 77, 128, 179, 216, 237, 248, 252, 254,
                                         255, 255}));
}

TEST(Logistic, OfInt16IsBitExactForPowersOfTwoAndOtherScales) {
    EXPECT_EQ(
        test::run_unary(kCode, {1.0F / 4096, 0, 1.0F / 32768, 0}, test::ladder<std::int16_t>()),
        (std::vector<std::int16_t>{13, 38, 105, 295, 820, 2214, 5565, 11994, 20306, 26915, 30424,
                                   31897, 32454, 32656, 32728, 32754}));
    EXPECT_EQ(test::run_unary(kCode, {0.0003F, 0, 1.0F / 32768, 0}, test::ladder<std::int16_t>()),
              (std::vector<std::int16_t>{2, 8, 28, 101, 360, 1253, 4082, 11055, 21157, 28411, 31421,
                                         32380, 32659, 32737, 32759, 32766}));
}

TEST(Logistic, OfFloatsIsWithinAFewUnitsInTheLastPlace) {
    std::vector<float> values;
    for (int i = -2000; i <= 2000; ++i) {
        values.push_back(static_cast<float>(i) * 0.05F);
    }
    const auto count = static_cast<std::uint32_t>(values.size());
    const test::OneStep step(OpId::logistic, Logistic{}, {test::input({count}, values)},
                             {test::output(plan::Type::f32, {count})});
    const auto found = step.run<float>();
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double e = std::exp(static_cast<double>(values[i]));
        const double wanted = values[i] < -9.0F ? e : e / (1.0 + e);
        EXPECT_NEAR(found[i], wanted, 4e-7 * wanted + 1e-44) << values[i];
    }
}

TEST(Logistic, CheckRefusesATableOrMultiplierThatLeadsOutOfBounds) {
    const auto graph = test::import_unary<std::int16_t>(kCode, {0.0003F, 0, 1.0F / 32768, 0}, 4);
    ASSERT_TRUE(graph.ok());
    const auto breaks = [&](auto change) {
        test::OneStep step = test::step_of(graph.value(), {std::vector(8, std::byte{1})});
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(breaks([](plan::Draft&) {}));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].dims[0] = 255; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[2].dims[1] = 5; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.attributes[3] = std::byte{0x7f}; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.attributes[4] = std::byte{32}; }));
}

TEST(Logistic, RefusesAnOutputScaleThatTheOriginalDoesNotHave) {
    EXPECT_FALSE(test::import_unary<std::int8_t>(kCode, {0.05F, -9, 1.0F / 128, -128}, 4).ok());
    EXPECT_FALSE(test::import_unary<std::int8_t>(kCode, {0.05F, -9, 1.0F / 256, 0}, 4).ok());
}

}  // namespace
}  // namespace verge
