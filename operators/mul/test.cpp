// mul: import, check and kernels. The golden vectors are what TensorFlow Lite Micro (uint8:
// LiteRT's reference kernels) gave for the same one-operator models.

#include <gtest/gtest.h>

#include "operators/arithmetic_test_support.hpp"
#include "operators/mul/op.hpp"

namespace verge {
namespace {

using tflite::TensorType;

tflite::ModelBuilder make_model(TensorType type,
                                const std::vector<tflite::Quantisation>& q,
                                tflite::Activation fused = tflite::Activation::none) {
    return test::arithmetic_model<tflite::MulOptions>(tflite::BuiltinOperator::MUL, type, q, fused);
}

TEST(Mul, OfInt8IsBitExact) {
    auto model =
        make_model(TensorType::int8, {tflite::per_tensor(0.021F, 3), tflite::per_tensor(0.013F, -5),
                                      tflite::per_tensor(0.019F, 7)});
    const std::vector<std::int8_t> x1 = {-128, -77, -3, 0, 5, 42, 101, 127};
    const std::vector<std::int8_t> x2 = {-100, -1, 13, 127};
    EXPECT_EQ(test::run_model<std::int8_t>(model.model(), x1, x2),
              (std::vector<std::int8_t>{127, 2, 5, 1, 4, 9, 32, 127}));
}

TEST(Mul, OfUint8IsBitExact) {
    auto model = make_model(TensorType::uint8,
                            {tflite::per_tensor(0.021F, 131), tflite::per_tensor(0.013F, 123),
                             tflite::per_tensor(0.019F, 135)});
    const std::vector<std::uint8_t> x1 = {0, 51, 125, 128, 133, 170, 229, 255};
    const std::vector<std::uint8_t> x2 = {28, 127, 141, 255};
    EXPECT_EQ(test::run_model<std::uint8_t>(model.model(), x1, x2),
              (std::vector<std::uint8_t>{255, 130, 133, 129, 132, 137, 160, 255}));
}

TEST(Mul, OfInt16IsBitExact) {
    auto model = make_model(TensorType::int16,
                            {tflite::per_tensor(0.00021F, 0), tflite::per_tensor(0.00013F, 0),
                             tflite::per_tensor(0.0007F, 0)});
    const std::vector<std::int16_t> x1 = {-32768, -20000, -1, 0, 777, 12345, 31000, 32767};
    const std::vector<std::int16_t> x2 = {-30000, -1, 13, 32767};
    EXPECT_EQ(test::run_model<std::int16_t>(model.model(), x1, x2),
              (std::vector<std::int16_t>{32767, 1, 0, 0, -909, 0, 16, 32767}));
}

TEST(Mul, OfFloatsClampsByTheFusedActivation) {
    auto model = make_model(TensorType::float32, {{}, {}, {}}, tflite::Activation::relu6);
    const std::vector<float> x1 = {1, 2, 3, 4, 5, 6, 7, 8};
    const std::vector<float> x2 = {-2, 0.5F, 0, 9};
    EXPECT_EQ(test::run_model<float>(model.model(), x1, x2),
              (std::vector<float>{0, 1, 0, 6, 0, 3, 0, 6}));
}

TEST(Mul, OfInt32WrapsAround) {
    auto model = make_model(TensorType::int32, {{}, {}, {}});
    const std::vector<std::int32_t> x1 = {1, 2, 3, -2147483647 - 1, 65536, 0, 0, 0};
    const std::vector<std::int32_t> x2 = {65536, -7, 0, -1};
    EXPECT_EQ(test::run_model<std::int32_t>(model.model(), x1, x2),
              (std::vector<std::int32_t>{65536, -14, 0, -2147483647 - 1, 0, 0, 0, 0}));
}

TEST(Mul, ImportRefusesAnOutputOfAnotherShapeAndIntegersWithoutAScale) {
    test::expect_arithmetic_import_refuses<tflite::MulOptions>(tflite::BuiltinOperator::MUL);
}

Mul attributes() {
    Mul a{};
    a.multiplier = 1 << 30;
    a.shift = -6;
    a.clamp_min = -128;
    a.clamp_max = 127;
    return a;
}

TEST(Mul, TilesGiveWhatTheWholeGivesAndMayLieOnTheFirstInput) {
    test::expect_arithmetic_tiles_and_overlap(OpId::mul, attributes());
}

TEST(Mul, CheckRefusesEveryBrokenDescriptor) {
    test::expect_arithmetic_check_refuses(
        OpId::mul, attributes(),
        {offsetof(Mul, input1_offset), offsetof(Mul, input2_offset), offsetof(Mul, output_offset),
         offsetof(Mul, shift)});
}

}  // namespace
}  // namespace verge
