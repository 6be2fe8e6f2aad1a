// div: import, check and kernels. The golden vectors are what TensorFlow Lite Micro (uint8:
// LiteRT's reference kernels) gave for the same one-operator models.

#include <gtest/gtest.h>

#include "operators/arithmetic_test_support.hpp"
#include "operators/div/op.hpp"

namespace verge {
namespace {

using test::OneStep;
using tflite::TensorType;

tflite::ModelBuilder make_model(TensorType type,
                                const std::vector<tflite::Quantisation>& q,
                                tflite::Activation fused = tflite::Activation::none) {
    return test::arithmetic_model<tflite::DivOptions>(tflite::BuiltinOperator::DIV, type, q, fused);
}

TEST(Div, OfInt8IsBitExact) {
    auto model =
        make_model(TensorType::int8, {tflite::per_tensor(0.021F, 3), tflite::per_tensor(0.013F, -5),
                                      tflite::per_tensor(0.11F, 7)});
    const std::vector<std::int8_t> x1 = {-128, -77, -3, -20, 90, 42, 101, 127};
    const std::vector<std::int8_t> x2 = {-100, -1, 13, 127};
    EXPECT_EQ(test::run_model<std::int8_t>(model.model(), x1, x2),
              (std::vector<std::int8_t>{27, -128, 2, 4, -6, 127, 87, 21}));
}

TEST(Div, OfUint8IsBitExact) {
    auto model = make_model(TensorType::uint8,
                            {tflite::per_tensor(0.021F, 131), tflite::per_tensor(0.013F, 123),
                             tflite::per_tensor(0.11F, 135)});
    const std::vector<std::uint8_t> x1 = {0, 51, 125, 108, 218, 170, 229, 255};
    const std::vector<std::uint8_t> x2 = {28, 127, 141, 255};
    EXPECT_EQ(test::run_model<std::uint8_t>(model.model(), x1, x2),
              (std::vector<std::uint8_t>{155, 0, 130, 132, 122, 255, 215, 149}));
}

TEST(Div, OfFloatsClampsByTheFusedActivation) {
    auto model = make_model(TensorType::float32, {{}, {}, {}}, tflite::Activation::relu6);
    const std::vector<float> x1 = {1, 2, 3, 4, 5, 6, 7, 8};
    const std::vector<float> x2 = {-2, 0.5F, 0, 8};
    EXPECT_EQ(test::run_model<float>(model.model(), x1, x2),
              (std::vector<float>{0, 4, 6, 0.5F, 0, 6, 6, 1}));
}

TEST(Div, OfInt32CutsTowardsZeroAndNeverTraps) {
    auto model = make_model(TensorType::int32, {{}, {}, {}});
    const std::vector<std::int32_t> x1 = {7, -7, 9, -2147483647 - 1, -7, 7, 0, 5};
    const std::vector<std::int32_t> x2 = {2, 2, 0, -1};
    EXPECT_EQ(test::run_model<std::int32_t>(model.model(), x1, x2),
              (std::vector<std::int32_t>{3, -3, 0, -2147483647 - 1, -3, 3, 0, -5}));
}

TEST(Div, ImportRefusesAnOutputOfAnotherShapeAndIntegersWithoutAScale) {
    test::expect_arithmetic_import_refuses<tflite::DivOptions>(tflite::BuiltinOperator::DIV);
}

Div attributes() {
    Div a{};
    a.multiplier = 1 << 30;
    a.shift = 1;
    a.clamp_min = -128;
    a.clamp_max = 127;
    return a;
}

TEST(Div, TilesGiveWhatTheWholeGivesAndMayLieOnTheFirstInput) {
    test::expect_arithmetic_tiles_and_overlap(OpId::div, attributes());
}

TEST(Div, CheckRefusesEveryBrokenDescriptor) {
    test::expect_arithmetic_check_refuses(
        OpId::div, attributes(),
        {offsetof(Div, input1_offset), offsetof(Div, input2_offset), offsetof(Div, output_offset),
         offsetof(Div, shift)});
}

TEST(Div, OfInt8ByNothingSaturates) {
    Div a{};
    a.multiplier = 1 << 30;
    a.shift = 1;
    a.output_offset = 4;
    a.clamp_min = -128;
    a.clamp_max = 127;
    const OneStep step(
        OpId::div, a,
        {test::input<std::int8_t>({3}, {9, -9, 0}), test::constant<std::int8_t>({1}, {0})},
        {test::output(plan::Type::s8, {3})});
    EXPECT_EQ(step.run<std::int8_t>(), (std::vector<std::int8_t>{127, -128, 4}));
}

TEST(Div, OfInt8RoundsSmallQuotientsToNothing) {
    Div a{};
    a.multiplier = 1 << 30;
    a.shift = 1;
    a.clamp_min = -128;
    a.clamp_max = 127;
    const OneStep step(
        OpId::div, a,
        {test::input<std::int8_t>({2}, {5, -5}), test::constant<std::int8_t>({1}, {100})},
        {test::output(plan::Type::s8, {2})});
    EXPECT_EQ(step.run<std::int8_t>(), (std::vector<std::int8_t>{0, 0}));
}

}  // namespace
}  // namespace verge
