// reshape: import, check and kernels.

#include <numeric>

#include <gtest/gtest.h>

#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"
#include "operators/reshape/op.hpp"

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

tflite::ModelBuilder make_model(tflite::BuiltinOperator code,
                                const std::vector<std::int64_t>& from,
                                const std::vector<std::int64_t>& to,
                                tflite::Options options,
                                const std::vector<std::int32_t>& constant = {}) {
    tflite::ModelBuilder builder;
    const auto x = builder.add_tensor("x", TensorType::int16, from);
    const auto y = builder.add_tensor("y", TensorType::int16, to);
    std::vector inputs = {x};
    if (!constant.empty()) {
        inputs.push_back(builder.add_constant(
            "shape", TensorType::int32, {static_cast<std::int64_t>(constant.size())}, constant));
    }
    builder.add_operator(code, inputs, {y}, std::move(options));
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

bool accepts(tflite::ModelBuilder builder) {
    const auto graph = test::import_one(builder.model());
    return graph.ok() && test::infer_last(graph.value()).ok();
}

constexpr auto kReshape = tflite::BuiltinOperator::RESHAPE;

TEST(Reshape, KeepsElementsAndOrder) {
    auto model = make_model(kReshape, {2, 3}, {3, 2}, {}, {3, -1});
    EXPECT_EQ(test::run_model<std::int16_t>(model.model(), counting(6)), counting(6));
}

TEST(Reshape, TakesTheShapeFromItsInputOrElseFromItsOptions) {
    tflite::ReshapeOptions options;
    options.new_shape = {6, 1};
    EXPECT_TRUE(accepts(make_model(kReshape, {2, 3}, {6, 1}, options)));
    EXPECT_TRUE(accepts(make_model(kReshape, {2, 3}, {1, 6}, options, {1, 6})));
    EXPECT_FALSE(accepts(make_model(kReshape, {2, 3}, {3, 2}, options)));
}

TEST(Reshape, ImportRefusesAnotherNumberOfElements) {
    EXPECT_FALSE(accepts(make_model(kReshape, {2, 3}, {2, 2}, {}, {2, 2})));
    EXPECT_FALSE(accepts(make_model(kReshape, {2, 3}, {4, 1}, {}, {4, -1})));
    EXPECT_FALSE(accepts(make_model(kReshape, {2, 3}, {6}, {}, {-1, -2})));
}

TEST(Reshape, SqueezesAxesOfOne) {
    constexpr auto kSqueeze = tflite::BuiltinOperator::SQUEEZE;
    tflite::SqueezeOptions first;
    first.squeeze_dims = {0};
    EXPECT_TRUE(accepts(make_model(kSqueeze, {1, 3, 1}, {3, 1}, first)));
    EXPECT_TRUE(accepts(make_model(kSqueeze, {1, 3, 1}, {3}, tflite::SqueezeOptions{})));
    first.squeeze_dims = {1};
    EXPECT_FALSE(accepts(make_model(kSqueeze, {1, 3, 1}, {1, 1}, first)));
}

TEST(Reshape, ExpandsAnAxisFromEitherEnd) {
    constexpr auto kExpand = tflite::BuiltinOperator::EXPAND_DIMS;
    EXPECT_TRUE(accepts(make_model(kExpand, {2, 3}, {2, 1, 3}, {}, {1})));
    EXPECT_TRUE(accepts(make_model(kExpand, {2, 3}, {2, 3, 1}, {}, {-1})));
    EXPECT_FALSE(accepts(make_model(kExpand, {2, 3}, {2, 3, 1}, {}, {4})));
}

TEST(Reshape, WritesOverItsInputAndBelow) {
    const auto x = counting(9000);
    OneStep step(OpId::reshape, Reshape{}, {test::input({90, 100}, x)},
                 {test::output(plan::Type::s16, {9000})});
    ASSERT_EQ(test::overlap_of(step), 0);
    EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(x)), 0), step.run<std::byte>());
    EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(x)), 10), step.run<std::byte>());
}

TEST(Reshape, CheckRefusesAnotherNumberOrTypeOfElements) {
    OneStep step(OpId::reshape, Reshape{}, {test::input({6}, counting(6))},
                 {test::output(plan::Type::s16, {3, 2})});
    EXPECT_TRUE(step.check().ok());
    step.draft().tensors[1].dims[0] = 4;
    EXPECT_FALSE(step.check().ok());
    const OneStep other(OpId::reshape, Reshape{}, {test::input({6}, counting(6))},
                        {test::output(plan::Type::f32, {6})});
    EXPECT_FALSE(other.check().ok());
}

}  // namespace
}  // namespace verge
