// batch_to_space_nd: import, check and kernels.

#include <numeric>

#include <gtest/gtest.h>

#include "operators/batch_to_space_nd/op.hpp"
#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"

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

/// Rows get one crop on top, one below; columns none before, one behind; blocks of 2 x 2.
tflite::ModelBuilder make_model(TensorType type, const tflite::Quantisation& q) {
    tflite::ModelBuilder builder;
    const auto x = builder.add_tensor("x", type, {4, 2, 2, 1}, q);
    const auto block =
        builder.add_constant("block", TensorType::int32, {2}, std::vector<std::int32_t>{2, 2});
    const auto amounts = builder.add_constant("amounts", TensorType::int32, {2, 2},
                                              std::vector<std::int32_t>{1, 1, 0, 1});
    const auto y = builder.add_tensor("y", type, {1, 2, 3, 1}, q);
    builder.add_operator(tflite::BuiltinOperator::BATCH_TO_SPACE_ND, {x, block, amounts}, {y});
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

TEST(BatchToSpaceNd, DealsImagesToPixelsAndCropsTheEdges) {
    EXPECT_EQ(
        test::run_model<std::int16_t>(make_model(TensorType::int16, {}).model(), counting(16)),
        (std::vector<std::int16_t>{8, 12, 9, 2, 6, 3}));
}

TEST(BatchToSpaceNd, ImportRefusesAnotherShape) {
    auto model = make_model(TensorType::int16, {});
    EXPECT_TRUE(test::import_one(model.model()).ok());
    model.tensor(3).shape[1] += 1;
    EXPECT_FALSE(test::import_one(model.model()).ok());
}

TEST(BatchToSpaceNd, CheckRefusesBlocksAndAmountsThatDoNotFit) {
    const auto refuses = [](std::int32_t block, std::int32_t amount, std::uint32_t images) {
        BatchToSpaceNd a{};
        a.block_h = a.block_w = block;
        a.crop_top = a.crop_left = amount;
        const OneStep step(OpId::batch_to_space_nd, a, {test::input({4, 2, 2, 1}, counting(16))},
                           {test::output(plan::Type::s16, {images, 3, 3, 1})});
        return !step.check().ok();
    };
    EXPECT_FALSE(refuses(2, 1, 1));
    EXPECT_TRUE(refuses(0, 1, 1));
    EXPECT_TRUE(refuses(2, -1, 1));
    EXPECT_TRUE(refuses(3, 1, 1));
    EXPECT_TRUE(refuses(2, 2, 1));
    EXPECT_TRUE(refuses(2, 1, 3));
}

}  // namespace
}  // namespace verge
