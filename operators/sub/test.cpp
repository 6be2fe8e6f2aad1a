// sub: import, check and kernels. The golden vectors are what TensorFlow Lite Micro (uint8:
// LiteRT's reference kernels) gave for the same one-operator models.

#include <gtest/gtest.h>

#include "operators/arithmetic_test_support.hpp"
#include "operators/sub/op.hpp"

namespace verge {
namespace {

using tflite::TensorType;

tflite::ModelBuilder make_model(TensorType type,
                                const std::vector<tflite::Quantisation>& q,
                                tflite::Activation fused = tflite::Activation::none) {
    return test::arithmetic_model<tflite::SubOptions>(tflite::BuiltinOperator::SUB, type, q, fused);
}

TEST(Sub, OfInt8IsBitExact) {
    auto model =
        make_model(TensorType::int8, {tflite::per_tensor(0.021F, 3), tflite::per_tensor(0.013F, -5),
                                      tflite::per_tensor(0.037F, 7)});
    const std::vector<std::int8_t> x1 = {-128, -77, -3, 0, 5, 42, 101, 127};
    const std::vector<std::int8_t> x2 = {-100, -1, 13, 127};
    EXPECT_EQ(test::run_model<std::int8_t>(model.model(), x1, x2),
              (std::vector<std::int8_t>{-34, -40, -3, -41, 42, 28, 56, 31}));
}

TEST(Sub, OfUint8IsBitExact) {
    auto model = make_model(TensorType::uint8,
                            {tflite::per_tensor(0.021F, 131), tflite::per_tensor(0.013F, 123),
                             tflite::per_tensor(0.037F, 135)});
    const std::vector<std::uint8_t> x1 = {0, 51, 125, 128, 133, 170, 229, 255};
    const std::vector<std::uint8_t> x2 = {28, 127, 141, 255};
    EXPECT_EQ(test::run_model<std::uint8_t>(model.model(), x1, x2),
              (std::vector<std::uint8_t>{94, 88, 125, 87, 170, 156, 184, 159}));
}

TEST(Sub, OfInt16IsBitExact) {
    auto model = make_model(TensorType::int16,
                            {tflite::per_tensor(0.00021F, 0), tflite::per_tensor(0.00013F, 0),
                             tflite::per_tensor(0.00031F, 0)});
    const std::vector<std::int16_t> x1 = {-32768, -20000, -1, 0, 777, 12345, 31000, 32767};
    const std::vector<std::int16_t> x2 = {-30000, -1, 13, 32767};
    EXPECT_EQ(test::run_model<std::int16_t>(model.model(), x1, x2),
              (std::vector<std::int16_t>{-9617, -13548, -6, -13741, 13107, 8363, 20995, 8456}));
}

TEST(Sub, OfFloatsClampsByTheFusedActivation) {
    auto model = make_model(TensorType::float32, {{}, {}, {}}, tflite::Activation::relu6);
    const std::vector<float> x1 = {1, 2, 3, 4, 5, 6, 7, 8};
    const std::vector<float> x2 = {-2, 0.5F, 0, 9};
    EXPECT_EQ(test::run_model<float>(model.model(), x1, x2),
              (std::vector<float>{3, 1.5F, 3, 0, 6, 5.5F, 6, 0}));
}

TEST(Sub, OfInt32WrapsAround) {
    auto model = make_model(TensorType::int32, {{}, {}, {}});
    const std::vector<std::int32_t> x1 = {1, 2, 3, -2147483647 - 1, 0, 0, 0, 0};
    const std::vector<std::int32_t> x2 = {5, -7, 0, 1};
    EXPECT_EQ(test::run_model<std::int32_t>(model.model(), x1, x2),
              (std::vector<std::int32_t>{-4, 9, 3, 2147483647, -5, 7, 0, -1}));
}

TEST(Sub, ImportRefusesAnOutputOfAnotherShapeAndIntegersWithoutAScale) {
    test::expect_arithmetic_import_refuses<tflite::SubOptions>(tflite::BuiltinOperator::SUB);
}

Sub attributes() {
    Sub a{};
    a.left_shift = 20;
    a.multiplier1 = a.multiplier2 = a.output_multiplier = 1 << 30;
    a.output_shift = -18;
    a.clamp_min = -128;
    a.clamp_max = 127;
    return a;
}

TEST(Sub, TilesGiveWhatTheWholeGivesAndMayLieOnTheFirstInput) {
    test::expect_arithmetic_tiles_and_overlap(OpId::sub, attributes());
}

TEST(Sub, CheckRefusesEveryBrokenDescriptor) {
    test::expect_arithmetic_check_refuses(
        OpId::sub, attributes(),
        {offsetof(Sub, input1_offset), offsetof(Sub, input2_offset), offsetof(Sub, output_offset),
         offsetof(Sub, left_shift), offsetof(Sub, shift1), offsetof(Sub, shift2),
         offsetof(Sub, output_shift)});
}

}  // namespace
}  // namespace verge
