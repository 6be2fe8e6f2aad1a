// arg_max: import, check and kernels.

#include <gtest/gtest.h>

#include "operators/arg_max/op.hpp"
#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"

namespace verge {
namespace {

using test::OneStep;

template <typename T>
OneStep make_step(const ArgMax& a,
                  const std::vector<T>& x,
                  plan::Type to,
                  std::vector<std::uint32_t> dims) {
    return {OpId::arg_max, a, {test::input({2, 3}, x)}, {test::output(to, std::move(dims))}};
}

TEST(ArgMax, FindsTheFirstOfTheLargestAndOfTheSmallest) {
    const std::vector<std::int8_t> x = {4, 9, 9, -1, -5, -1};
    EXPECT_EQ(make_step(ArgMax{1, 0}, x, plan::Type::s32, {2}).run<std::int32_t>(),
              (std::vector<std::int32_t>{1, 0}));
    EXPECT_EQ(make_step(ArgMax{1, 1}, x, plan::Type::s64, {2}).run<std::int64_t>(),
              (std::vector<std::int64_t>{0, 1}));
    EXPECT_EQ(make_step(ArgMax{0, 1}, x, plan::Type::s32, {3}).run<std::int32_t>(),
              (std::vector<std::int32_t>{1, 1, 1}));
}

TEST(ArgMax, OfFloatsAndUint8) {
    EXPECT_EQ(make_step(ArgMax{1, 0}, std::vector<float>{1, 2, 3, 3, 2, 1}, plan::Type::s32, {2})
                  .run<std::int32_t>(),
              (std::vector<std::int32_t>{2, 0}));
    EXPECT_EQ(
        make_step(ArgMax{1, 0}, std::vector<std::uint8_t>{1, 200, 3, 3, 2, 1}, plan::Type::s32, {2})
            .run<std::int32_t>(),
        (std::vector<std::int32_t>{1, 0}));
}

TEST(ArgMax, CheckRefusesAnotherAxisOrShape) {
    const std::vector<std::int8_t> x(6);
    EXPECT_TRUE(make_step(ArgMax{1, 0}, x, plan::Type::s32, {2}).check().ok());
    EXPECT_FALSE(make_step(ArgMax{2, 0}, x, plan::Type::s32, {2}).check().ok());
    EXPECT_FALSE(make_step(ArgMax{-1, 0}, x, plan::Type::s32, {2}).check().ok());
    EXPECT_FALSE(make_step(ArgMax{1, 0}, x, plan::Type::s32, {3}).check().ok());
}

TEST(ArgMax, ImportsArgMinOfANegativeAxis) {
    tflite::ModelBuilder builder;
    const auto x = builder.add_tensor("x", tflite::TensorType::float32, {2, 3});
    const auto axis =
        builder.add_constant("axis", tflite::TensorType::int32, {}, std::vector<std::int32_t>{-1});
    const auto y = builder.add_tensor("y", tflite::TensorType::int32, {2});
    builder.add_operator(tflite::BuiltinOperator::ARG_MIN, {x, axis}, {y}, tflite::ArgMinOptions{});
    builder.set_inputs({x});
    builder.set_outputs({y});
    EXPECT_EQ(test::run_model<std::int32_t>(builder.model(), std::vector<float>{3, 1, 2, 0, 1, 2}),
              (std::vector<std::int32_t>{1, 0}));
    builder.tensor(y).shape = {3};
    EXPECT_FALSE(test::import_one(builder.model()).ok());
}

}  // namespace
}  // namespace verge
