// strided_slice: import, check and kernels.

#include <numeric>

#include <gtest/gtest.h>

#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"
#include "operators/strided_slice/op.hpp"

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

OneStep make_step(const StridedSlice& a, std::vector<std::uint32_t> to) {
    return {OpId::strided_slice,
            a,
            {test::input({3, 4}, counting(12))},
            {test::output(plan::Type::s16, std::move(to))}};
}

TEST(StridedSlice, TakesEverySecondColumnOfTheLastRows) {
    const OneStep step = make_step({{1, 0}, {1, 2}, {2, 2}}, {2, 2});
    ASSERT_TRUE(step.check().ok());
    EXPECT_EQ(step.run<std::int16_t>(), (std::vector<std::int16_t>{4, 6, 8, 10}));
    EXPECT_EQ(step.run<std::int16_t>(step.variants()[0], 0, 1), step.run<std::int16_t>());
}

TEST(StridedSlice, WalksBackwards) {
    const OneStep step = make_step({{2, 3}, {-2, -3}, {2, 2}}, {2, 2});
    ASSERT_TRUE(step.check().ok());
    EXPECT_EQ(step.run<std::int16_t>(), (std::vector<std::int16_t>{11, 8, 3, 0}));
}

TEST(StridedSlice, NeverTakesTheStrideOfASingleIndex) {
    constexpr std::int32_t kMost = 2147483647;
    for (const std::int32_t stride : {kMost, -kMost - 1, 0}) {
        const OneStep step = make_step({{1, 3}, {stride, stride}, {1, 1}}, {1, 1});
        ASSERT_TRUE(step.check().ok());
        EXPECT_EQ(step.run<std::int16_t>(), (std::vector<std::int16_t>{7}));
    }
}

TEST(StridedSlice, CheckRefusesIndicesOutsideTheInput) {
    EXPECT_FALSE(make_step({{2, 0}, {1, 1}, {2, 1}}, {2, 1}).check().ok());
    EXPECT_FALSE(make_step({{-1, 0}, {1, 1}, {2, 1}}, {2, 1}).check().ok());
    EXPECT_FALSE(make_step({{1, 0}, {-2, 1}, {2, 1}}, {2, 1}).check().ok());
    EXPECT_FALSE(make_step({{0, 0}, {1, 1}, {2, 1}}, {3, 1}).check().ok());
    EXPECT_FALSE(make_step({{0, 0}, {1, 1}, {0, 1}}, {1, 1}).check().ok());
    EXPECT_FALSE(make_step({{0, 0}, {2147483647, 1}, {2147483647, 1}}, {1, 1}).check().ok());
}

struct Asked {
    std::vector<std::int32_t> begin, end, stride;
    std::int32_t begin_mask = 0, end_mask = 0, shrink_mask = 0;
};

tflite::ModelBuilder make_model(const Asked& asked, const std::vector<std::int64_t>& to) {
    tflite::ModelBuilder builder;
    const auto x = builder.add_tensor("x", TensorType::int16, {3, 4});
    const auto begin = builder.add_constant("begin", TensorType::int32, {2}, asked.begin);
    const auto end = builder.add_constant("end", TensorType::int32, {2}, asked.end);
    const auto stride = builder.add_constant("stride", TensorType::int32, {2}, asked.stride);
    const auto y = builder.add_tensor("y", TensorType::int16, to);
    tflite::StridedSliceOptions options;
    options.begin_mask = asked.begin_mask;
    options.end_mask = asked.end_mask;
    options.shrink_axis_mask = asked.shrink_mask;
    builder.add_operator(tflite::BuiltinOperator::STRIDED_SLICE, {x, begin, end, stride}, {y},
                         options);
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

TEST(StridedSlice, ImportsNegativeIndicesMasksAndShrunkAxes) {
    auto model = make_model({{-1, 9}, {0, -9}, {1, -1}, 0, 2, 1}, {4});
    EXPECT_EQ(test::run_model<std::int16_t>(model.model(), counting(12)),
              (std::vector<std::int16_t>{11, 10, 9, 8}));
    model = make_model({{5, 1}, {2, 99}, {1, 2}, 1, 0, 0}, {2, 2});
    EXPECT_EQ(test::run_model<std::int16_t>(model.model(), counting(12)),
              (std::vector<std::int16_t>{1, 3, 5, 7}));
}

TEST(StridedSlice, ImportRefusesStridesOfNothingEmptySlicesAndAnotherShape) {
    EXPECT_FALSE(test::import_one(make_model({{0, 0}, {1, 1}, {0, 1}}, {1, 1}).model()).ok());
    EXPECT_FALSE(test::import_one(make_model({{1, 0}, {1, 1}, {1, 1}}, {1, 1}).model()).ok());
    EXPECT_FALSE(test::import_one(make_model({{0, 0}, {2, 1}, {1, 1}}, {1, 1}).model()).ok());
}

TEST(StridedSlice, ImportsSliceWithTheRestOfAnAxis) {
    tflite::ModelBuilder builder;
    const auto x = builder.add_tensor("x", TensorType::int16, {3, 4});
    const auto begin =
        builder.add_constant("begin", TensorType::int32, {2}, std::vector<std::int32_t>{1, 2});
    const auto size =
        builder.add_constant("size", TensorType::int32, {2}, std::vector<std::int32_t>{-1, 1});
    const auto y = builder.add_tensor("y", TensorType::int16, {2, 1});
    builder.add_operator(tflite::BuiltinOperator::SLICE, {x, begin, size}, {y});
    builder.set_inputs({x});
    builder.set_outputs({y});
    EXPECT_EQ(test::run_model<std::int16_t>(builder.model(), counting(12)),
              (std::vector<std::int16_t>{6, 10}));
}

}  // namespace
}  // namespace verge
