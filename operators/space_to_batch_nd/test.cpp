// space_to_batch_nd: import, check and kernels.

#include <numeric>

#include <gtest/gtest.h>

#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"
#include "operators/space_to_batch_nd/op.hpp"

namespace verge {
namespace {

using test::OneStep;
using tflite::TensorType;

/// 0, 1, 2, ...
std::vector<std::int16_t> counting(std::size_t count) {
    std::vector<std::int16_t> values(count);
    std::iota(values.begin(), values.end(), std::int16_t{0});
    return values;
}

/// Rows get one pad on top, one below; columns none before, one behind; blocks of 2 x 2.
tflite::ModelBuilder make_model(TensorType type, const tflite::Quantisation& q) {
    tflite::ModelBuilder builder;
    const auto x = builder.add_tensor("x", type, {1, 2, 3, 1}, q);
    const auto block =
        builder.add_constant("block", TensorType::int32, {2}, std::vector<std::int32_t>{2, 2});
    const auto amounts = builder.add_constant("amounts", TensorType::int32, {2, 2},
                                              std::vector<std::int32_t>{1, 1, 0, 1});
    const auto y = builder.add_tensor("y", type, {4, 2, 2, 1}, q);
    builder.add_operator(tflite::BuiltinOperator::SPACE_TO_BATCH_ND, {x, block, amounts}, {y});
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

TEST(SpaceToBatchNd, DealsPixelsToImagesAndFillsWithTheZeroPoint) {
    const std::vector<std::int8_t> x = {0, 1, 2, 3, 4, 5};
    EXPECT_EQ(test::run_model<std::int8_t>(
                  make_model(TensorType::int8, tflite::per_tensor(0.5F, 7)).model(), x),
              (std::vector<std::int8_t>{7, 7, 3, 5, 7, 7, 4, 7, 0, 2, 7, 7, 1, 7, 7, 7}));
}

TEST(SpaceToBatchNd, ImportRefusesAnotherShape) {
    auto model = make_model(TensorType::int16, {});
    EXPECT_TRUE(test::import_one(model.model()).ok());
    model.tensor(3).shape[1] += 1;
    EXPECT_FALSE(test::import_one(model.model()).ok());
}

TEST(SpaceToBatchNd, CheckRefusesBlocksAndAmountsThatDoNotFit) {
    const auto refuses = [](std::int32_t block, std::int32_t amount, std::uint32_t images) {
        SpaceToBatchNd a{};
        a.block_h = a.block_w = block;
        a.pad_top = a.pad_left = amount;
        const OneStep step(OpId::space_to_batch_nd, a, {test::input({1, 2, 2, 1}, counting(4))},
                           {test::output(plan::Type::s16, {images, 2, 2, 1})});
        return !step.check().ok();
    };
    EXPECT_FALSE(refuses(2, 1, 4));
    EXPECT_TRUE(refuses(0, 1, 4));
    EXPECT_TRUE(refuses(2, -1, 4));
    EXPECT_TRUE(refuses(3, 1, 4));
    EXPECT_TRUE(refuses(2, 1 << 20, 4));
    EXPECT_TRUE(refuses(2, 1, 3));
}

}  // namespace
}  // namespace verge
