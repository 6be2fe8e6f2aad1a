// pack: import, check and kernels.

#include <numeric>

#include <gtest/gtest.h>

#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"
#include "operators/pack/op.hpp"

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

OneStep make_step(std::int32_t axis, std::vector<std::uint32_t> dims) {
    return {OpId::pack,
            Pack{axis},
            {test::input<std::int16_t>({3}, {1, 2, 3}), test::input<std::int16_t>({3}, {4, 5, 6})},
            {test::output(plan::Type::s16, std::move(dims))}};
}

TEST(Pack, StacksAlongTheFirstOrTheLastAxis) {
    EXPECT_EQ(make_step(0, {2, 3}).run<std::int16_t>(),
              (std::vector<std::int16_t>{1, 2, 3, 4, 5, 6}));
    EXPECT_EQ(make_step(1, {3, 2}).run<std::int16_t>(),
              (std::vector<std::int16_t>{1, 4, 2, 5, 3, 6}));
}

TEST(Pack, CheckRefusesPartsThatDoNotFit) {
    EXPECT_TRUE(make_step(0, {2, 3}).check().ok());
    EXPECT_FALSE(make_step(1, {2, 3}).check().ok());
    EXPECT_FALSE(make_step(2, {2, 3}).check().ok());
    EXPECT_FALSE(make_step(-1, {2, 3}).check().ok());
    EXPECT_FALSE(make_step(0, {3, 3}).check().ok());
    EXPECT_FALSE(make_step(0, {6}).check().ok());
}

TEST(Pack, ImportsANegativeAxisAndRefusesAnotherShape) {
    tflite::ModelBuilder builder;
    const auto a = builder.add_tensor("a", TensorType::int16, {3});
    const auto b = builder.add_tensor("b", TensorType::int16, {3});
    const auto y = builder.add_tensor("y", TensorType::int16, {3, 2});
    tflite::PackOptions options;
    options.axis = -1;
    builder.add_operator(tflite::BuiltinOperator::PACK, {a, b}, {y}, options);
    builder.set_inputs({a, b});
    builder.set_outputs({y});
    EXPECT_EQ(test::run_model<std::int16_t>(builder.model(), counting(3), counting(3)),
              (std::vector<std::int16_t>{0, 0, 1, 1, 2, 2}));
    builder.tensor(y).shape = {2, 3};
    EXPECT_FALSE(test::import_one(builder.model()).ok());
}

}  // namespace
}  // namespace verge
