// resize_bilinear: import, check and kernels.

#include <gtest/gtest.h>

#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"
#include "operators/resize_bilinear/op.hpp"

namespace verge {
namespace {

using test::OneStep;
using tflite::TensorType;

/// A [1,2,3,1] image to [1,3,5,1].
tflite::ModelBuilder make_model(TensorType type, bool align_corners, bool half_pixel_centers) {
    tflite::ModelBuilder builder;
    const auto q =
        type == TensorType::float32 ? tflite::Quantisation{} : tflite::per_tensor(0.1F, 0);
    const auto x = builder.add_tensor("x", type, {1, 2, 3, 1}, q);
    const auto size =
        builder.add_constant("size", TensorType::int32, {2}, std::vector<std::int32_t>{3, 5});
    const auto y = builder.add_tensor("y", type, {1, 3, 5, 1}, q);
    tflite::ResizeBilinearOptions options;
    options.align_corners = align_corners;
    options.half_pixel_centers = half_pixel_centers;
    builder.add_operator(tflite::BuiltinOperator::RESIZE_BILINEAR, {x, size}, {y}, options);
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

const std::vector<std::int8_t> kImage = {-128, 0, 127, 77, -33, 5};

/// The golden vectors of the integers are what TensorFlow Lite Micro (uint8: LiteRT's reference
/// kernels) gave.
TEST(ResizeBilinear, OfInt8IsBitExact) {
    EXPECT_EQ(
        test::run_model<std::int8_t>(make_model(TensorType::int8, false, true).model(), kImage),
        (std::vector<std::int8_t>{-128, -77, 0, 76, 127, -26, -22, -17, 33, 66, 77, 33, -33, -10,
                                  5}));
    EXPECT_EQ(
        test::run_model<std::int8_t>(make_model(TensorType::int8, true, false).model(), kImage),
        (std::vector<std::int8_t>{-128, -64, 0, 64, 127, -26, -21, -17, 25, 66, 77, 22, -33, -14,
                                  5}));
    EXPECT_EQ(
        test::run_model<std::int8_t>(make_model(TensorType::int8, false, false).model(), kImage),
        (std::vector<std::int8_t>{-128, -51, 25, 101, 127, 9, -10, -9, 32, 46, 77, 11, -25, -3,
                                  5}));
}

TEST(ResizeBilinear, OfUint8IsBitExact) {
    const std::vector<std::uint8_t> image = {0, 128, 255, 205, 95, 133};
    EXPECT_EQ(
        test::run_model<std::uint8_t>(make_model(TensorType::uint8, false, true).model(), image),
        (std::vector<std::uint8_t>{0, 51, 128, 204, 255, 103, 106, 112, 161, 194, 205, 161, 95, 118,
                                   133}));
}

TEST(ResizeBilinear, OfFloatsBlendsFourPixels) {
    const std::vector<float> image = {0, 2, 4, 4, 6, 8};
    EXPECT_EQ(test::run_model<float>(make_model(TensorType::float32, true, false).model(), image),
              (std::vector<float>{0, 1, 2, 3, 4, 2, 3, 4, 5, 6, 4, 5, 6, 7, 8}));
}

TEST(ResizeBilinear, ImportRefusesTwoWordsOnCentres) {
    EXPECT_FALSE(test::import_one(make_model(TensorType::float32, true, true).model()).ok());
}

TEST(ResizeBilinear, ImportRefusesAnotherSize) {
    auto model = make_model(TensorType::float32, false, false);
    model.tensor(2).shape = {1, 5, 3, 1};
    EXPECT_FALSE(test::import_one(model.model()).ok());
}

TEST(ResizeBilinear, CheckRefusesUnlikeImages) {
    const auto refuses = [](std::vector<std::uint32_t> to) {
        const OneStep step(OpId::resize_bilinear, ResizeBilinear{},
                           {test::input({1, 2, 3, 1}, kImage)},
                           {test::output(plan::Type::s8, std::move(to))});
        return !step.check().ok();
    };
    EXPECT_FALSE(refuses({1, 7, 9, 1}));
    EXPECT_TRUE(refuses({2, 7, 9, 1}));
    EXPECT_TRUE(refuses({1, 7, 9, 2}));
    EXPECT_TRUE(refuses({7, 9, 1}));
    EXPECT_TRUE(refuses({1, 1U << 20U, 1, 1}));
}

}  // namespace
}  // namespace verge
