// unpack: import, check and kernels.

#include <numeric>

#include <gtest/gtest.h>

#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"
#include "operators/unpack/op.hpp"

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

OneStep make_step(std::int32_t axis, std::uint32_t part, std::size_t count) {
    return {OpId::unpack,
            Unpack{axis},
            {test::input({2, 3}, counting(6))},
            std::vector(count, test::output(plan::Type::s16, {part}))};
}

TEST(Unpack, TakesTheAxisApart) {
    EXPECT_EQ(make_step(0, 3, 2).run<std::int16_t>(1), (std::vector<std::int16_t>{3, 4, 5}));
    EXPECT_EQ(make_step(1, 2, 3).run<std::int16_t>(0), (std::vector<std::int16_t>{0, 3}));
    EXPECT_EQ(make_step(1, 2, 3).run<std::int16_t>(2), (std::vector<std::int16_t>{2, 5}));
}

TEST(Unpack, CheckRefusesPartsThatDoNotFit) {
    EXPECT_TRUE(make_step(1, 2, 3).check().ok());
    EXPECT_FALSE(make_step(1, 2, 2).check().ok());
    EXPECT_FALSE(make_step(1, 3, 3).check().ok());
    EXPECT_FALSE(make_step(2, 2, 3).check().ok());
    EXPECT_FALSE(make_step(-1, 2, 3).check().ok());
}

TEST(Unpack, ImportRefusesAnotherNumberOfOutputs) {
    tflite::ModelBuilder builder;
    const auto x = builder.add_tensor("x", TensorType::int16, {2, 3});
    const auto a = builder.add_tensor("a", TensorType::int16, {3});
    const auto b = builder.add_tensor("b", TensorType::int16, {3});
    builder.add_operator(tflite::BuiltinOperator::UNPACK, {x}, {a, b}, tflite::UnpackOptions{});
    builder.set_inputs({x});
    builder.set_outputs({b, a});
    EXPECT_EQ(test::run_model<std::int16_t>(builder.model(), counting(6)),
              (std::vector<std::int16_t>{3, 4, 5}));
    builder.tensor(x).shape = {3, 3};
    EXPECT_FALSE(test::import_one(builder.model()).ok());
}

}  // namespace
}  // namespace verge
