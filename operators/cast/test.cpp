// cast: import, check and kernels.

#include <limits>

#include <gtest/gtest.h>

#include "operators/cast/op.hpp"
#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"

namespace verge {
namespace {

using test::OneStep;

template <typename To, typename From>
std::vector<To> cast(const std::vector<From>& x) {
    const auto count = static_cast<std::uint32_t>(x.size());
    const OneStep step(OpId::cast, Cast{}, {test::input({count}, x)},
                       {test::output(test::type_of<To>(), {count})});
    return step.check().ok() ? step.run<To>() : std::vector<To>{};
}

template <typename To, typename From>
void compare() {
    const auto x = test::Random(1).values<From>(5000, -1000000, 1000000);
    std::vector<To> wanted;
    for (const From value : x) {
        wanted.push_back(static_cast<To>(value));
    }
    EXPECT_EQ((cast<To>(x)), wanted);
}

template <typename From>
void compare_integers() {
    compare<std::int8_t, From>();
    compare<std::uint8_t, From>();
    compare<std::int16_t, From>();
    compare<std::uint16_t, From>();
    compare<std::int32_t, From>();
    compare<std::uint32_t, From>();
    compare<std::int64_t, From>();
    compare<std::uint64_t, From>();
    compare<float, From>();
}

TEST(Cast, OfIntegersIsThatOfTheLanguage) {
    compare_integers<std::int8_t>();
    compare_integers<std::uint8_t>();
    compare_integers<std::int16_t>();
    compare_integers<std::uint16_t>();
    compare_integers<std::int32_t>();
    compare_integers<std::uint32_t>();
    compare_integers<std::int64_t>();
    compare_integers<std::uint64_t>();
}

const std::vector<float> kReals = {
    -1.9F, 2.7F, -1e30F, 1e30F, std::numeric_limits<float>::quiet_NaN(), 300.5F};

TEST(Cast, OfFloatsCutsAndSaturatesAndMakesNaNZero) {
    EXPECT_EQ((cast<std::int8_t>(kReals)), (std::vector<std::int8_t>{-1, 2, -128, 127, 0, 127}));
    EXPECT_EQ((cast<std::uint8_t>(kReals)), (std::vector<std::uint8_t>{0, 2, 0, 255, 0, 255}));
    EXPECT_EQ((cast<std::int32_t>(kReals)),
              (std::vector<std::int32_t>{-1, 2, -2147483647 - 1, 2147483647, 0, 300}));
    EXPECT_EQ((cast<std::uint32_t>(kReals)),
              (std::vector<std::uint32_t>{0, 2, 0, 4294967295U, 0, 300}));
    EXPECT_EQ((cast<std::int64_t>(kReals)),
              (std::vector<std::int64_t>{-1, 2, INT64_MIN, INT64_MAX, 0, 300}));
    EXPECT_EQ((cast<std::uint64_t>(kReals)),
              (std::vector<std::uint64_t>{0, 2, 0, UINT64_MAX, 0, 300}));
    EXPECT_EQ((cast<std::uint64_t>(std::vector<float>{1e19F})),
              (std::vector<std::uint64_t>{static_cast<std::uint64_t>(1e19F)}));
}

TEST(Cast, ToBooleansAsksForZero) {
    const OneStep step(OpId::cast, Cast{}, {test::input<float>({4}, {0.0F, -0.0F, 0.5F, -3.0F})},
                       {test::output(plan::Type::b8, {4})});
    EXPECT_EQ(step.run<std::uint8_t>(), (std::vector<std::uint8_t>{0, 0, 1, 1}));
    const OneStep of_integers(OpId::cast, Cast{}, {test::input<std::int32_t>({3}, {0, 256, -1})},
                              {test::output(plan::Type::b8, {3})});
    EXPECT_EQ(of_integers.run<std::uint8_t>(), (std::vector<std::uint8_t>{0, 1, 1}));
}

TEST(Cast, WritesOverItsInput) {
    const auto x = test::Random(4).values<std::int32_t>(9000, -100000, 100000);
    OneStep step(OpId::cast, Cast{}, {test::input({9000}, x)},
                 {test::output(plan::Type::s8, {9000})});
    ASSERT_EQ(test::overlap_of(step), 0);
    EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(x)), 0), step.run<std::byte>());
    EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(x)), 3), step.run<std::byte>());
}

TEST(Cast, CheckRefusesAnotherShapeAndTypesThatAreNoNumbers) {
    const OneStep step(OpId::cast, Cast{}, {test::input<float>({2}, {1, 2})},
                       {test::output(plan::Type::s8, {3})});
    EXPECT_FALSE(step.check().ok());
    const OneStep half(OpId::cast, Cast{}, {test::input<float>({2}, {1, 2})},
                       {test::output(plan::Type::f16, {2})});
    EXPECT_FALSE(half.check().ok());
}

TEST(Cast, ImportsAndRunsAModel) {
    tflite::ModelBuilder builder;
    const auto x = builder.add_tensor("x", tflite::TensorType::float32, {2});
    const auto y = builder.add_tensor("y", tflite::TensorType::int32, {2});
    builder.add_operator(tflite::BuiltinOperator::CAST, {x}, {y});
    builder.set_inputs({x});
    builder.set_outputs({y});
    EXPECT_EQ(test::run_model<std::int32_t>(builder.model(), std::vector<float>{-1.5F, 8}),
              (std::vector<std::int32_t>{-1, 8}));
}

}  // namespace
}  // namespace verge
