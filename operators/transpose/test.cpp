// transpose: import, check and kernels.

#include <numeric>

#include <gtest/gtest.h>

#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"
#include "operators/transpose/op.hpp"

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

OneStep make_step(const Transpose& a,
                  std::vector<std::uint32_t> from,
                  std::vector<std::uint32_t> to) {
    std::size_t count = 1;
    for (const std::uint32_t dim : from) {
        count *= dim;
    }
    return {OpId::transpose,
            a,
            {test::input(std::move(from), counting(count))},
            {test::output(plan::Type::s16, std::move(to))}};
}

TEST(Transpose, SwapsRowsAndColumns) {
    const OneStep step = make_step({{1, 0}}, {2, 3}, {3, 2});
    ASSERT_TRUE(step.check().ok());
    EXPECT_EQ(step.run<std::int16_t>(), (std::vector<std::int16_t>{0, 3, 1, 4, 2, 5}));
    EXPECT_EQ(step.run<std::int16_t>(step.variants()[0], 0, 1), step.run<std::int16_t>());
}

TEST(Transpose, ThereAndBackOfSixAxesIsWhatItWas) {
    const OneStep there = make_step({{3, 1, 5, 0, 2, 4}}, {2, 3, 1, 4, 2, 3}, {4, 3, 3, 2, 1, 2});
    ASSERT_TRUE(there.check().ok());
    const OneStep back(OpId::transpose, Transpose{{3, 1, 4, 0, 5, 2}},
                       {test::input({4, 3, 3, 2, 1, 2}, there.run<std::int16_t>())},
                       {test::output(plan::Type::s16, {2, 3, 1, 4, 2, 3})});
    ASSERT_TRUE(back.check().ok());
    EXPECT_EQ(back.run<std::int16_t>(), counting(144));
}

TEST(Transpose, CheckRefusesAxesThatAreNoPermutation) {
    EXPECT_FALSE(make_step({{1, 1}}, {3, 3}, {3, 3}).check().ok());
    EXPECT_FALSE(make_step({{1, 2}}, {3, 3}, {3, 3}).check().ok());
    EXPECT_FALSE(make_step({{-1, 0}}, {3, 3}, {3, 3}).check().ok());
    EXPECT_FALSE(make_step({{1, 0}}, {2, 3}, {2, 3}).check().ok());
}

tflite::ModelBuilder make_model(const std::vector<std::int32_t>& axes) {
    tflite::ModelBuilder builder;
    const auto x = builder.add_tensor("x", TensorType::int16, {2, 3});
    const auto constant = builder.add_constant("axes", TensorType::int32,
                                               {static_cast<std::int64_t>(axes.size())}, axes);
    const auto y = builder.add_tensor("y", TensorType::int16, {3, 2});
    builder.add_operator(tflite::BuiltinOperator::TRANSPOSE, {x, constant}, {y});
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

TEST(Transpose, ImportsNegativeAxesAndRefusesOnesThatAreNoPermutation) {
    EXPECT_EQ(test::run_model<std::int16_t>(make_model({-1, 0}).model(), counting(6)),
              (std::vector<std::int16_t>{0, 3, 1, 4, 2, 5}));
    EXPECT_FALSE(test::import_one(make_model({0, 1}).model()).ok());
    EXPECT_FALSE(test::import_one(make_model({1, 1}).model()).ok());
    EXPECT_FALSE(test::import_one(make_model({1}).model()).ok());
    EXPECT_FALSE(test::import_one(make_model({2, 0}).model()).ok());
}

}  // namespace
}  // namespace verge
