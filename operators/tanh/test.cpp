// tanh: import and kernels. The golden vectors are what TensorFlow Lite Micro (uint8: LiteRT's
// reference kernels) gave for the same one-operator models.

#include <cmath>

#include <gtest/gtest.h>

#include "operators/tanh/op.hpp"
#include "operators/unary_test_support.hpp"

namespace verge {
namespace {

constexpr auto kCode = tflite::BuiltinOperator::TANH;

TEST(Tanh, OfInt8IsBitExactAsALookup) {
    EXPECT_EQ(test::run_unary(kCode, {0.02F, -9, 1.0F / 128, 0}, test::ladder<std::int8_t>()),
              (std::vector<std::int8_t>{-126, -124, -120, -112, -99, -76, -42, 0, 42, 76, 99, 112,
                                        120, 124, 126, 127}));
}

TEST(Tanh, OfUint8IsBitExactAsALookup) {
    EXPECT_EQ(test::run_unary(kCode, {0.02F, 119, 1.0F / 128, 128}, test::ladder<std::uint8_t>()),
              (std::vector<std::uint8_t>{2, 4, 8, 16, 29, 52, 86, 128, 170, 204, 227, 240, 248, 252,
                                         254, 255}));
}

TEST(Tanh, OfInt16IsBitExactForPowersOfTwoAndOtherScales) {
    EXPECT_EQ(
        test::run_unary(kCode, {1.0F / 4096, 0, 1.0F / 32768, 0}, test::ladder<std::int16_t>()),
        (std::vector<std::int16_t>{-32767, -32767, -32767, -32763, -32725, -32426, -30136, -16384,
                                   14838, 29809, 32382, 32720, 32762, 32767, 32767, 32767}));
    EXPECT_EQ(
        test::run_unary(kCode, {0.0001F, 0, 1.0F / 32768, 0}, test::ladder<std::int16_t>()),
        (std::vector<std::int16_t>{-32659, -32514, -32177, -31402, -29660, -25929, -18732, -7251,
                                   6468, 18174, 25617, 29508, 31333, 32148, 32501, 32654}));
}

TEST(Tanh, OfFloatsIsWithinAFewUnitsInTheLastPlace) {
    std::vector<float> values;
    for (int i = -2000; i <= 2000; ++i) {
        values.push_back(static_cast<float>(i) * 0.006F);
    }
    const auto count = static_cast<std::uint32_t>(values.size());
    const test::OneStep step(OpId::tanh, Tanh{}, {test::input({count}, values)},
                             {test::output(plan::Type::f32, {count})});
    const auto found = step.run<float>();
    for (std::size_t i = 0; i < values.size(); ++i) {
        EXPECT_NEAR(found[i], std::tanh(static_cast<double>(values[i])), 4e-7) << values[i];
    }
}

TEST(Tanh, CheckRefusesATableOrMultiplierThatLeadsOutOfBounds) {
    const auto graph = test::import_unary<std::int16_t>(kCode, {0.0003F, 0, 1.0F / 32768, 0}, 4);
    ASSERT_TRUE(graph.ok());
    const auto breaks = [&](auto change) {
        test::OneStep step = test::step_of(graph.value(), {std::vector(8, std::byte{1})});
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(breaks([](plan::Draft&) {}));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].dims[0] = 255; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.attributes[3] = std::byte{0x7f}; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.attributes[4] = std::byte{32}; }));
}

}  // namespace
}  // namespace verge
