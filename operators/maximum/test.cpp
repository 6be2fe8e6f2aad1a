// maximum: import, check and kernels.

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "operators/import_test_support.hpp"
#include "operators/maximum/op.hpp"
#include "operators/overlap_test_support.hpp"

namespace verge {
namespace {

using test::OneStep;

template <typename T>
OneStep make_step(const std::vector<T>& x1, const std::vector<T>& x2) {
    const auto rows = static_cast<std::uint32_t>(x1.size() / x2.size());
    const auto columns = static_cast<std::uint32_t>(x2.size());
    return {OpId::maximum,
            Maximum{},
            {test::input({rows, columns}, x1), test::constant({columns}, x2)},
            {test::output(test::type_of<T>(), {rows, columns})}};
}

template <typename T>
void compare() {
    const std::vector<T> x1 = {static_cast<T>(-3), 7, 9, 1};
    const std::vector<T> x2 = {0, 2, 5, 6};
    std::vector<T> wanted(4);
    for (std::size_t i = 0; i < 4; ++i) {
        wanted[i] = std::max(x1[i], x2[i]);
    }
    EXPECT_EQ(make_step(x1, x2).template run<T>(), wanted);
}

TEST(Maximum, ComparesStoredNumbersOfEveryType) {
    compare<float>();
    compare<std::int8_t>();
    compare<std::uint8_t>();
    compare<std::int16_t>();
    compare<std::int32_t>();
    compare<std::int64_t>();
}

TEST(Maximum, GivesTheSecondWhereEitherIsNoNumber) {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const auto found = make_step<float>({nan, 1}, {2, nan}).run<float>();
    EXPECT_EQ(found[0], 2.0F);
    EXPECT_TRUE(std::isnan(found[1]));
}

TEST(Maximum, BroadcastsInTilesAndWritesOverItsFirstInput) {
    const auto x1 = test::Random(1).values<std::int16_t>(9000, -1000, 1000);
    OneStep step = make_step(x1, std::vector<std::int16_t>{5, -3, 100});
    const auto wanted = step.run<std::byte>();
    EXPECT_EQ(step.run<std::byte>(step.variants()[0], 0, 1), wanted);
    ASSERT_EQ(test::overlap_of(step), 0);
    EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(x1)), 0), wanted);
}

TEST(Maximum, CheckRefusesUnlikeOperands) {
    const auto refuses = [](auto change) {
        OneStep step = make_step<std::int8_t>({1, 2, 3, 4}, {5, 6});
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(refuses([](plan::Draft&) {}));
    EXPECT_TRUE(refuses([](plan::Draft& d) { d.tensors[1].dims[0] = 3; }));
    EXPECT_TRUE(refuses([](plan::Draft& d) { d.tensors[2].dims[0] = 1; }));
    EXPECT_TRUE(refuses([](plan::Draft& d) { d.tensors[0].pixel_stride = 4; }));
}

TEST(Maximum, ImportsAndRunsAModel) {
    tflite::ModelBuilder builder;
    const auto x1 = builder.add_tensor("x1", tflite::TensorType::float32, {2, 2});
    const auto x2 = builder.add_tensor("x2", tflite::TensorType::float32, {2});
    const auto y = builder.add_tensor("y", tflite::TensorType::float32, {2, 2});
    builder.add_operator(tflite::BuiltinOperator::MAXIMUM, {x1, x2}, {y});
    builder.set_inputs({x1, x2});
    builder.set_outputs({y});
    const std::vector<float> a = {-3, 2, 9, 1};
    const std::vector<float> b = {0, 7};
    const std::vector<float> wanted = {0, 7, 9, 7};
    EXPECT_EQ(test::run_model<float>(builder.model(), a, b), wanted);
}

}  // namespace
}  // namespace verge
