// concat: import, check and kernels.

#include <numeric>

#include <gtest/gtest.h>

#include "operators/concat/op.hpp"
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

OneStep make_step(std::int32_t axis) {
    return {OpId::concat,
            Concat{axis},
            {test::input<std::int16_t>({2, 1}, {1, 2}),
             test::input<std::int16_t>({2, 2}, {3, 4, 5, 6})},
            {test::output(plan::Type::s16, {2, 3})}};
}

TEST(Concat, JoinsRows) {
    const OneStep step = make_step(1);
    ASSERT_TRUE(step.check().ok());
    EXPECT_EQ(step.run<std::int16_t>(), (std::vector<std::int16_t>{1, 3, 4, 2, 5, 6}));
    EXPECT_EQ(step.run<std::int16_t>(step.variants()[0], 0, 1), step.run<std::int16_t>());
}

TEST(Concat, JoinsAlongTheFirstAxis) {
    const OneStep step(OpId::concat, Concat{0},
                       {test::input({2}, counting(2)), test::input({3}, counting(3))},
                       {test::output(plan::Type::s16, {5})});
    EXPECT_EQ(step.run<std::int16_t>(), (std::vector<std::int16_t>{0, 1, 0, 1, 2}));
}

TEST(Concat, CheckRefusesPartsThatDoNotFit) {
    EXPECT_FALSE(make_step(0).check().ok());
    EXPECT_FALSE(make_step(-1).check().ok());
    EXPECT_FALSE(make_step(2).check().ok());
    OneStep step = make_step(1);
    step.draft().tensors[1].dims[1] = 3;
    EXPECT_FALSE(step.check().ok());
    step = make_step(1);
    step.draft().operands[0] = plan::kAbsent;
    EXPECT_FALSE(step.check().ok());
}

tflite::ModelBuilder make_model(TensorType type,
                                const tflite::Quantisation& q0,
                                const tflite::Quantisation& q1,
                                const tflite::Quantisation& to) {
    tflite::ModelBuilder builder;
    const auto a = builder.add_tensor("a", type, {2, 2}, q0);
    const auto b = builder.add_tensor("b", type, {2, 2}, q1);
    const auto y = builder.add_tensor("y", type, {2, 4}, to);
    tflite::ConcatenationOptions options;
    options.axis = -1;
    builder.add_operator(tflite::BuiltinOperator::CONCATENATION, {a, b}, {y}, options);
    builder.set_inputs({a, b});
    builder.set_outputs({y});
    return builder;
}

/// The golden vector is what LiteRT's reference kernel gave.
TEST(Concat, BringsUint8PartsOfAnotherScaleToTheOutputs) {
    const auto to = tflite::per_tensor(0.05F, 30);
    auto model = make_model(TensorType::uint8, tflite::per_tensor(0.02F, 10), to, to);
    const std::vector<std::uint8_t> x = {0, 100, 200, 255};
    EXPECT_EQ(test::run_model<std::uint8_t>(model.model(), x, x),
              (std::vector<std::uint8_t>{26, 66, 0, 100, 106, 128, 200, 255}));
}

TEST(Concat, ImportRefusesInt8PartsOfAnotherScale) {
    const auto to = tflite::per_tensor(0.05F, 3);
    auto model = make_model(TensorType::int8, tflite::per_tensor(0.02F, 3), to, to);
    EXPECT_EQ(test::import_one(model.model()).error().code, Code::unsupported);
}

TEST(Concat, ImportRefusesAnOutputOfAnotherShape) {
    auto model = make_model(TensorType::float32, {}, {}, {});
    EXPECT_TRUE(test::import_one(model.model()).ok());
    model.tensor(2).shape = {4, 2};
    EXPECT_FALSE(test::import_one(model.model()).ok());
}

}  // namespace
}  // namespace verge
