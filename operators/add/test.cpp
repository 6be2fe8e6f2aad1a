// add: import, check and kernels. The golden vectors are what TensorFlow Lite Micro (uint8:
// LiteRT's reference kernels) gave for the same one-operator models.

#include <gtest/gtest.h>

#include "operators/add/op.hpp"
#include "operators/arithmetic_test_support.hpp"

namespace verge {
namespace {

using tflite::TensorType;

tflite::ModelBuilder make_model(TensorType type,
                                const std::vector<tflite::Quantisation>& q,
                                tflite::Activation fused = tflite::Activation::none) {
    return test::arithmetic_model<tflite::AddOptions>(tflite::BuiltinOperator::ADD, type, q, fused);
}

TEST(Add, OfInt8IsBitExact) {
    auto model =
        make_model(TensorType::int8, {tflite::per_tensor(0.021F, 3), tflite::per_tensor(0.013F, -5),
                                      tflite::per_tensor(0.037F, 7)});
    const std::vector<std::int8_t> x1 = {-128, -77, -3, 0, 5, 42, 101, 127};
    const std::vector<std::int8_t> x2 = {-100, -1, 13, 127};
    EXPECT_EQ(test::run_model<std::int8_t>(model.model(), x1, x2),
              (std::vector<std::int8_t>{-101, -37, 10, 52, -25, 31, 69, 124}));
}

TEST(Add, OfUint8IsBitExact) {
    auto model = make_model(TensorType::uint8,
                            {tflite::per_tensor(0.021F, 131), tflite::per_tensor(0.013F, 123),
                             tflite::per_tensor(0.037F, 135)});
    const std::vector<std::uint8_t> x1 = {0, 51, 125, 128, 133, 170, 229, 255};
    const std::vector<std::uint8_t> x2 = {28, 127, 141, 255};
    EXPECT_EQ(test::run_model<std::uint8_t>(model.model(), x1, x2),
              (std::vector<std::uint8_t>{27, 91, 138, 180, 103, 159, 197, 252}));
}

TEST(Add, OfInt16IsBitExact) {
    auto model = make_model(TensorType::int16,
                            {tflite::per_tensor(0.00021F, 0), tflite::per_tensor(0.00013F, 0),
                             tflite::per_tensor(0.00031F, 0)});
    const std::vector<std::int16_t> x1 = {-32768, -20000, -1, 0, 777, 12345, 31000, 32767};
    const std::vector<std::int16_t> x2 = {-30000, -1, 13, 32767};
    EXPECT_EQ(test::run_model<std::int16_t>(model.model(), x1, x2),
              (std::vector<std::int16_t>{-32768, -13549, 5, 13741, -12054, 8362, 21005, 32767}));
}

TEST(Add, OfFloatsClampsByTheFusedActivation) {
    auto model = make_model(TensorType::float32, {{}, {}, {}}, tflite::Activation::relu6);
    const std::vector<float> x1 = {1, 2, 3, 4, 5, 6, 7, 8};
    const std::vector<float> x2 = {-2, 0.5F, 0, 9};
    EXPECT_EQ(test::run_model<float>(model.model(), x1, x2),
              (std::vector<float>{0, 2.5F, 3, 6, 3, 6, 6, 6}));
}

TEST(Add, OfInt32WrapsAround) {
    auto model = make_model(TensorType::int32, {{}, {}, {}});
    const std::vector<std::int32_t> x1 = {1, 2, 3, -2147483647 - 1, 0, 0, 0, 2147483647};
    const std::vector<std::int32_t> x2 = {5, -7, 0, -1};
    EXPECT_EQ(test::run_model<std::int32_t>(model.model(), x1, x2),
              (std::vector<std::int32_t>{6, -5, 3, 2147483647, 5, -7, 0, 2147483646}));
}

TEST(Add, ImportRefusesAnOutputOfAnotherShapeAndIntegersWithoutAScale) {
    test::expect_arithmetic_import_refuses<tflite::AddOptions>(tflite::BuiltinOperator::ADD);
}

Add attributes() {
    Add a{};
    a.left_shift = 20;
    a.multiplier1 = a.multiplier2 = a.output_multiplier = 1 << 30;
    a.output_shift = -18;
    a.clamp_min = -128;
    a.clamp_max = 127;
    return a;
}

TEST(Add, TilesGiveWhatTheWholeGivesAndMayLieOnTheFirstInput) {
    test::expect_arithmetic_tiles_and_overlap(OpId::add, attributes());
}

TEST(Add, CheckRefusesEveryBrokenDescriptor) {
    test::expect_arithmetic_check_refuses(
        OpId::add, attributes(),
        {offsetof(Add, input1_offset), offsetof(Add, input2_offset), offsetof(Add, output_offset),
         offsetof(Add, left_shift), offsetof(Add, shift1), offsetof(Add, shift2),
         offsetof(Add, output_shift)});
}

}  // namespace
}  // namespace verge
