// gather: import, check and kernels.

#include <numeric>

#include <gtest/gtest.h>

#include "operators/gather/op.hpp"
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

OneStep make_step(const Gather& a,
                  const std::vector<std::int32_t>& indices,
                  std::vector<std::uint32_t> shape,
                  std::vector<std::uint32_t> to) {
    return {OpId::gather,
            a,
            {test::input({3, 2}, counting(6)), test::input(std::move(shape), indices)},
            {test::output(plan::Type::s16, std::move(to))}};
}

TEST(Gather, PicksRowsAndColumns) {
    EXPECT_EQ(make_step({0, 0}, {2, 0, 2, 1}, {2, 2}, {2, 2, 2}).run<std::int16_t>(),
              (std::vector<std::int16_t>{4, 5, 0, 1, 4, 5, 2, 3}));
    EXPECT_EQ(make_step({1, 0}, {1}, {1}, {3, 1}).run<std::int16_t>(),
              (std::vector<std::int16_t>{1, 3, 5}));
}

TEST(Gather, TakesItsOwnIndicesForEachBatch) {
    const OneStep step = make_step({1, 1}, {0, 1, 1}, {3, 1}, {3, 1});
    ASSERT_TRUE(step.check().ok());
    EXPECT_EQ(step.run<std::int16_t>(), (std::vector<std::int16_t>{0, 3, 5}));
    EXPECT_EQ(step.run<std::int16_t>(step.variants()[0], 0, 1), step.run<std::int16_t>());
}

TEST(Gather, TakesTheNearestSliceForAnIndexOutside) {
    const OneStep step = make_step({0, 0}, {-7, 2147483647}, {2}, {2, 2});
    EXPECT_EQ(step.run<std::int16_t>(), (std::vector<std::int16_t>{0, 1, 4, 5}));
}

TEST(Gather, CheckRefusesWhatDoesNotFit) {
    EXPECT_TRUE(make_step({0, 0}, {1}, {1}, {1, 2}).check().ok());
    EXPECT_FALSE(make_step({2, 0}, {1}, {1}, {1, 2}).check().ok());
    EXPECT_FALSE(make_step({-1, 0}, {1}, {1}, {1, 2}).check().ok());
    EXPECT_FALSE(make_step({0, 1}, {1}, {1}, {1, 2}).check().ok());
    EXPECT_FALSE(make_step({1, 1}, {1, 1}, {2}, {3}).check().ok());
    EXPECT_FALSE(make_step({0, 0}, {1}, {1}, {2, 2}).check().ok());
}

TEST(Gather, ImportsComputedIndices) {
    tflite::ModelBuilder builder;
    const auto x = builder.add_tensor("x", TensorType::int16, {3, 2});
    const auto indices = builder.add_tensor("indices", TensorType::int32, {1});
    const auto y = builder.add_tensor("y", TensorType::int16, {1, 2});
    builder.add_operator(tflite::BuiltinOperator::GATHER, {x, indices}, {y},
                         tflite::GatherOptions{});
    builder.set_inputs({x, indices});
    builder.set_outputs({y});
    EXPECT_EQ(
        test::run_model<std::int16_t>(builder.model(), counting(6), std::vector<std::int32_t>{2}),
        (std::vector<std::int16_t>{4, 5}));
    builder.tensor(y).shape = {2, 2};
    EXPECT_FALSE(test::import_one(builder.model()).ok());
}

}  // namespace
}  // namespace verge
