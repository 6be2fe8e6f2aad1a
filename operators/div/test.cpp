// div: import, check and kernels. The golden vectors are what TensorFlow Lite Micro (uint8:
// LiteRT's reference kernels) gave for the same one-operator models.

#include <gtest/gtest.h>

#include "operators/div/op.hpp"
#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"

namespace verge {
namespace {

using test::OneStep;
using tflite::TensorType;

/// [2,4] and [4] to [2,4].
tflite::ModelBuilder make_model(TensorType type,
                                const std::vector<tflite::Quantisation>& q,
                                tflite::Activation fused = tflite::Activation::none) {
    tflite::ModelBuilder builder;
    const auto x1 = builder.add_tensor("x1", type, {2, 4}, q[0]);
    const auto x2 = builder.add_tensor("x2", type, {4}, q[1]);
    const auto y = builder.add_tensor("y", type, {2, 4}, q[2]);
    tflite::DivOptions options;
    options.fused_activation_function = fused;
    builder.add_operator(tflite::BuiltinOperator::DIV, {x1, x2}, {y}, options);
    builder.set_inputs({x1, x2});
    builder.set_outputs({y});
    return builder;
}

TEST(Div, OfInt8IsBitExact) {
    auto model =
        make_model(TensorType::int8, {tflite::per_tensor(0.021F, 3), tflite::per_tensor(0.013F, -5),
                                      tflite::per_tensor(0.11F, 7)});
    const std::vector<std::int8_t> x1 = {-128, -77, -3, -20, 90, 42, 101, 127};
    const std::vector<std::int8_t> x2 = {-100, -1, 13, 127};
    EXPECT_EQ(test::run_model<std::int8_t>(model.model(), x1, x2),
              (std::vector<std::int8_t>{27, -128, 2, 4, -6, 127, 87, 21}));
}

TEST(Div, OfUint8IsBitExact) {
    auto model = make_model(TensorType::uint8,
                            {tflite::per_tensor(0.021F, 131), tflite::per_tensor(0.013F, 123),
                             tflite::per_tensor(0.11F, 135)});
    const std::vector<std::uint8_t> x1 = {0, 51, 125, 108, 218, 170, 229, 255};
    const std::vector<std::uint8_t> x2 = {28, 127, 141, 255};
    EXPECT_EQ(test::run_model<std::uint8_t>(model.model(), x1, x2),
              (std::vector<std::uint8_t>{155, 0, 130, 132, 122, 255, 215, 149}));
}

TEST(Div, OfFloatsClampsByTheFusedActivation) {
    auto model = make_model(TensorType::float32, {{}, {}, {}}, tflite::Activation::relu6);
    const std::vector<float> x1 = {1, 2, 3, 4, 5, 6, 7, 8};
    const std::vector<float> x2 = {-2, 0.5F, 0, 8};
    EXPECT_EQ(test::run_model<float>(model.model(), x1, x2),
              (std::vector<float>{0, 4, 6, 0.5F, 0, 6, 6, 1}));
}

TEST(Div, OfInt32CutsTowardsZeroAndNeverTraps) {
    auto model = make_model(TensorType::int32, {{}, {}, {}});
    const std::vector<std::int32_t> x1 = {7, -7, 9, -2147483647 - 1, -7, 7, 0, 5};
    const std::vector<std::int32_t> x2 = {2, 2, 0, -1};
    EXPECT_EQ(test::run_model<std::int32_t>(model.model(), x1, x2),
              (std::vector<std::int32_t>{3, -3, 0, -2147483647 - 1, -3, 3, 0, -5}));
}

TEST(Div, ImportRefusesAnOutputOfAnotherShape) {
    auto model = make_model(TensorType::float32, {{}, {}, {}});
    model.tensor(2).shape = {4, 2};
    EXPECT_FALSE(test::import_one(model.model()).ok());
}

TEST(Div, ImportRefusesIntegersWithoutAScale) {
    auto model = make_model(TensorType::int8, {{}, {}, {}});
    EXPECT_FALSE(test::import_one(model.model()).ok());
}

OneStep make_step(std::uint32_t rows) {
    Div a{};
    a.multiplier = 1 << 30;
    a.shift = 1;
    a.clamp_min = -128;
    a.clamp_max = 127;
    test::Random random(3);
    return {OpId::div,
            a,
            {test::input({rows, 7}, random.values<std::int8_t>(rows * 7U, -128, 127)),
             test::constant({7}, random.values<std::int8_t>(7, 1, 127))},
            {test::output(plan::Type::s8, {rows, 7})}};
}

TEST(Div, TilesGiveWhatTheWholeGives) {
    const OneStep step = make_step(1500);
    ASSERT_TRUE(step.check().ok());
    EXPECT_EQ(step.run<std::int8_t>(step.variants()[0], 0, 1), step.run<std::int8_t>());
}

TEST(Div, WritesOverItsFirstInputAndFurtherBelow) {
    OneStep step = make_step(1500);
    const auto x1 = test::Random(3).values<std::int8_t>(1500 * 7, -128, 127);
    const auto wanted = step.run<std::byte>();
    ASSERT_EQ(test::overlap_of(step), 0);
    EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(x1)), 0), wanted);
    EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(x1)), 5), wanted);
    EXPECT_EQ(test::overlap_of(step, 1), std::nullopt);
}

TEST(Div, CheckRefusesEveryBrokenDescriptor) {
    const auto refuses = [](auto change) {
        OneStep step = make_step(3);
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(refuses([](plan::Draft&) {}));
    EXPECT_TRUE(refuses([](plan::Draft& d) { d.tensors[1].dims[0] = 6; }));
    EXPECT_TRUE(refuses([](plan::Draft& d) { d.tensors[0].dims[0] = 4; }));
    EXPECT_TRUE(refuses([](plan::Draft& d) { d.tensors[0].rank = 3; }));
    EXPECT_TRUE(refuses([](plan::Draft& d) { d.tensors[2].pixel_stride = 8; }));
    for (const std::size_t member : {offsetof(Div, input1_offset), offsetof(Div, input2_offset),
                                     offsetof(Div, output_offset), offsetof(Div, shift)}) {
        EXPECT_TRUE(refuses([&](plan::Draft& d) {
            const std::int32_t bad = 100000;
            std::memcpy(d.attributes.data() + member, &bad, sizeof(bad));
        })) << member;
    }
}

TEST(Div, OfInt8ByNothingSaturates) {
    Div a{};
    a.multiplier = 1 << 30;
    a.shift = 1;
    a.output_offset = 4;
    a.clamp_min = -128;
    a.clamp_max = 127;
    const OneStep step(
        OpId::div, a,
        {test::input<std::int8_t>({3}, {9, -9, 0}), test::constant<std::int8_t>({1}, {0})},
        {test::output(plan::Type::s8, {3})});
    EXPECT_EQ(step.run<std::int8_t>(), (std::vector<std::int8_t>{127, -128, 4}));
}

TEST(Div, OfInt8RoundsSmallQuotientsToNothing) {
    Div a{};
    a.multiplier = 1 << 30;
    a.shift = 1;
    a.clamp_min = -128;
    a.clamp_max = 127;
    const OneStep step(
        OpId::div, a,
        {test::input<std::int8_t>({2}, {5, -5}), test::constant<std::int8_t>({1}, {100})},
        {test::output(plan::Type::s8, {2})});
    EXPECT_EQ(step.run<std::int8_t>(), (std::vector<std::int8_t>{0, 0}));
}

}  // namespace
}  // namespace verge
