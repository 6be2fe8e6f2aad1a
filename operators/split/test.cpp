// split: import, check and kernels.

#include <numeric>

#include <gtest/gtest.h>

#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"
#include "operators/split/op.hpp"

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

OneStep make_step(std::int32_t axis, std::uint32_t first, std::uint32_t second) {
    return {
        OpId::split,
        Split{axis},
        {test::input({2, 3}, counting(6))},
        {test::output(plan::Type::s16, {2, first}), test::output(plan::Type::s16, {2, second})}};
}

TEST(Split, CutsRowsIntoParts) {
    const OneStep step = make_step(1, 1, 2);
    ASSERT_TRUE(step.check().ok());
    EXPECT_EQ(step.run<std::int16_t>(0), (std::vector<std::int16_t>{0, 3}));
    EXPECT_EQ(step.run<std::int16_t>(1), (std::vector<std::int16_t>{1, 2, 4, 5}));
    EXPECT_EQ(step.run<std::int16_t>(step.variants()[0], 1, 1), step.run<std::int16_t>(1));
}

TEST(Split, CheckRefusesPartsThatDoNotMakeUpTheInput) {
    EXPECT_FALSE(make_step(1, 2, 2).check().ok());
    EXPECT_FALSE(make_step(0, 1, 2).check().ok());
    EXPECT_FALSE(make_step(2, 1, 2).check().ok());
    EXPECT_FALSE(make_step(-1, 1, 2).check().ok());
}

/// SPLIT with lengths: [4] into [first] and [second].
tflite::ModelBuilder make_model(std::int64_t first,
                                std::int64_t second,
                                const std::vector<std::int32_t>& lengths) {
    tflite::ModelBuilder builder;
    const auto x = builder.add_tensor("x", TensorType::int16, {4});
    const auto sizes = builder.add_constant("sizes", TensorType::int32, {2}, lengths);
    const auto axis =
        builder.add_constant("axis", TensorType::int32, {}, std::vector<std::int32_t>{0});
    const auto a = builder.add_tensor("a", TensorType::int16, {first});
    const auto b = builder.add_tensor("b", TensorType::int16, {second});
    builder.add_operator(tflite::BuiltinOperator::SPLIT_V, {x, sizes, axis}, {a, b},
                         tflite::SplitVOptions{});
    builder.set_inputs({x});
    builder.set_outputs({b, a});
    return builder;
}

TEST(Split, ImportsLengthsOfWhichOneIsTheRest) {
    auto model = make_model(1, 3, {1, -1});
    EXPECT_EQ(test::run_model<std::int16_t>(model.model(), counting(4)),
              (std::vector<std::int16_t>{1, 2, 3}));
}

TEST(Split, ImportRefusesOutputsThatTheLengthsDoNotGive) {
    EXPECT_FALSE(test::import_one(make_model(1, 3, {2, 2}).model()).ok());
    EXPECT_FALSE(test::import_one(make_model(1, 2, {1, 2}).model()).ok());
}

TEST(Split, ImportsEqualParts) {
    tflite::ModelBuilder builder;
    const auto axis =
        builder.add_constant("axis", TensorType::int32, {}, std::vector<std::int32_t>{-1});
    const auto x = builder.add_tensor("x", TensorType::int16, {2, 4});
    const auto a = builder.add_tensor("a", TensorType::int16, {2, 2});
    const auto b = builder.add_tensor("b", TensorType::int16, {2, 2});
    builder.add_operator(tflite::BuiltinOperator::SPLIT, {axis, x}, {a, b}, tflite::SplitOptions{});
    builder.set_inputs({x});
    builder.set_outputs({b, a});
    EXPECT_EQ(test::run_model<std::int16_t>(builder.model(), counting(8)),
              (std::vector<std::int16_t>{2, 3, 6, 7}));
    builder.tensor(a).shape = {2, 1};
    builder.tensor(b).shape = {2, 3};
    EXPECT_FALSE(test::import_one(builder.model()).ok());
}

}  // namespace
}  // namespace verge
