// resize_nearest: import, check and kernels.

#include <gtest/gtest.h>

#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"
#include "operators/resize_nearest/op.hpp"

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
    tflite::ResizeNearestNeighborOptions options;
    options.align_corners = align_corners;
    options.half_pixel_centers = half_pixel_centers;
    builder.add_operator(tflite::BuiltinOperator::RESIZE_NEAREST_NEIGHBOR, {x, size}, {y}, options);
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

const std::vector<std::int8_t> kImage = {-128, 0, 127, 77, -33, 5};

TEST(ResizeNearest, TakesThePixelBelow) {
    EXPECT_EQ(
        test::run_model<std::int8_t>(make_model(TensorType::int8, false, false).model(), kImage),
        (std::vector<std::int8_t>{-128, -128, 0, 0, 127, -128, -128, 0, 0, 127, 77, 77, -33, -33,
                                  5}));
}

TEST(ResizeNearest, AlignsCornersAndRoundsHalvesUp) {
    EXPECT_EQ(
        test::run_model<std::int8_t>(make_model(TensorType::int8, true, false).model(), kImage),
        (std::vector<std::int8_t>{-128, 0, 0, 127, 127, 77, -33, -33, 5, 5, 77, -33, -33, 5, 5}));
}

TEST(ResizeNearest, CountsFromTheCentresOfPixels) {
    EXPECT_EQ(
        test::run_model<std::int8_t>(make_model(TensorType::int8, false, true).model(), kImage),
        (std::vector<std::int8_t>{-128, -128, 0, 127, 127, 77, 77, -33, 5, 5, 77, 77, -33, 5, 5}));
}

TEST(ResizeNearest, ImportRefusesAnotherSize) {
    auto model = make_model(TensorType::float32, false, false);
    model.tensor(2).shape = {1, 5, 3, 1};
    EXPECT_FALSE(test::import_one(model.model()).ok());
}

TEST(ResizeNearest, CheckRefusesUnlikeImages) {
    const auto refuses = [](std::vector<std::uint32_t> to) {
        const OneStep step(OpId::resize_nearest, ResizeNearest{},
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
