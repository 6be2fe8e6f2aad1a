// depthwise_conv2d: rule, import, check, kernels, and the output laid over the input.

#include <gtest/gtest.h>

#include "operators/depthwise_conv2d/op.hpp"
#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"

namespace verge {
namespace {

using test::OneStep;

struct Sizes {
    std::uint32_t h, w, c;
    std::int32_t multiplier, kernel, stride, pad, dilation;
};

DepthwiseConv2D attributes_of(const Sizes& s) {
    DepthwiseConv2D a{};
    a.stride_h = a.stride_w = s.stride;
    a.dilation_h = a.dilation_w = s.dilation;
    a.pad_top = a.pad_left = s.pad;
    a.kernel_h = a.kernel_w = s.kernel;
    a.multiplier = s.multiplier;
    a.input_offset = 5;
    a.output_offset = -7;
    a.clamp_min = -128;
    a.clamp_max = 127;
    a.float_min = -1e9F;
    a.float_max = 1e9F;
    return a;
}

std::uint32_t outputs_of(std::uint32_t in, const Sizes& s) {
    const auto extent = static_cast<std::uint32_t>((s.kernel - 1) * s.dilation + 1);
    return (in + 2 * static_cast<std::uint32_t>(s.pad) - extent) /
               static_cast<std::uint32_t>(s.stride) +
           1;
}

std::vector<std::int8_t> input_of(const Sizes& s) {
    return test::Random(3).values<std::int8_t>(std::size_t{s.h} * s.w * s.c, -128, 127);
}

OneStep make_s8(const Sizes& s) {
    test::Random random(7);
    const auto k = static_cast<std::uint32_t>(s.kernel);
    const std::uint32_t out_c = s.c * static_cast<std::uint32_t>(s.multiplier);
    std::vector<std::int32_t> requant(2 * out_c, (1 << 30) + 12345);
    std::fill(requant.begin() + out_c, requant.end(), -6);
    return {OpId::depthwise_conv2d,
            attributes_of(s),
            {test::input({1, s.h, s.w, s.c}, input_of(s)),
             test::constant({1, k, k, out_c}, random.values<std::int8_t>(k * k * out_c, -127, 127)),
             test::constant({out_c}, random.values<std::int32_t>(out_c, -20000, 20000)),
             test::constant({2, out_c}, requant)},
            {test::output(plan::Type::s8, {1, outputs_of(s.h, s), outputs_of(s.w, s), out_c})}};
}

TEST(DepthwiseConv2d, SumsEachChannelByHandWithItsOwnMultiplier) {
    const DepthwiseConv2D a = attributes_of({1, 2, 2, 2, 1, 1, 0, 1});
    const OneStep step(OpId::depthwise_conv2d, a,
                       {test::input<float>({1, 1, 2, 2}, {1, 2, 3, 4}),
                        test::constant<float>({1, 1, 1, 4}, {1, 10, 100, 1000}), test::absent()},
                       {test::output(plan::Type::f32, {1, 1, 2, 4})});
    EXPECT_EQ(step.run<float>(), (std::vector<float>{1, 10, 200, 2000, 3, 30, 400, 4000}));
}

// A padded row of three by hand: the taps outside count as the zero point (input_offset -5).
TEST(DepthwiseConv2d, PadsWithTheZeroPointOfItsInput) {
    DepthwiseConv2D a = attributes_of({1, 3, 1, 1, 3, 1, 1, 1});
    a.input_offset = -5;
    a.output_offset = 0;
    const OneStep step(OpId::depthwise_conv2d, a,
                       {test::input<std::int8_t>({1, 1, 3, 1}, {6, 7, 8}),
                        test::constant<std::int8_t>({1, 3, 3, 1}, {9, 9, 9, 1, 2, 3, 9, 9, 9}),
                        test::constant<std::int32_t>({1}, {0}),
                        test::constant<std::int32_t>({2, 1}, {1 << 30, 1})},
                       {test::output(plan::Type::s8, {1, 1, 3, 1})});
    EXPECT_EQ(step.run<std::int8_t>(), (std::vector<std::int8_t>{2 + 6, 1 + 4 + 9, 2 + 6}));
}

class EveryDepthwiseKernel : public testing::TestWithParam<Sizes> {};

TEST_P(EveryDepthwiseKernel, AgreesWithTheReferenceInTilesOfAnySize) {
    const OneStep step = make_s8(GetParam());
    ASSERT_TRUE(step.check().ok());
    const auto wanted = step.run<std::int8_t>();
    for (const auto& variant : step.variants()) {
        EXPECT_EQ(step.run<std::int8_t>(variant), wanted) << test::name_of(*variant.kernel);
        EXPECT_EQ(step.run<std::int8_t>(variant, 0, 1), wanted) << test::name_of(*variant.kernel);
    }
}

TEST_P(EveryDepthwiseKernel, RunsInPlaceInOrderAtTheDistanceThatTheRuleAllows) {
    OneStep step = make_s8(GetParam());
    const auto wanted = step.run<std::byte>();
    const auto input = input_of(GetParam());
    const auto distance = test::overlap_of(step);
    ASSERT_TRUE(distance.has_value());
    for (const auto& variant : step.variants()) {
        EXPECT_EQ(test::run_over_input(variant, std::as_bytes(std::span(input)), *distance), wanted)
            << test::name_of(*variant.kernel);
    }
}

INSTANTIATE_TEST_SUITE_P(DepthwiseConv2d,
                         EveryDepthwiseKernel,
                         testing::Values(Sizes{5, 5, 3, 1, 3, 1, 1, 1},
                                         Sizes{8, 7, 16, 1, 3, 2, 1, 1},
                                         Sizes{9, 9, 5, 2, 3, 1, 2, 2},
                                         Sizes{6, 5, 1, 8, 3, 2, 1, 1},
                                         Sizes{4, 4, 33, 1, 1, 1, 0, 1},
                                         Sizes{25, 5, 64, 1, 3, 1, 1, 1}));

TEST(DepthwiseConv2d, NeedsOneRowAndOnePixelToRunInPlaceAndNotAByteLess) {
    const Sizes sizes{6, 7, 4, 1, 3, 1, 1, 1};
    OneStep step = make_s8(sizes);
    const auto wanted = step.run<std::byte>();
    const auto input = input_of(sizes);
    EXPECT_EQ(test::overlap_of(step), 7 * 4 + 4);
    EXPECT_NE(test::run_over_input(step, std::as_bytes(std::span(input)), 7 * 4 + 3), wanted);
}

TEST(DepthwiseConv2d, CheckRefusesEveryBrokenDescriptor) {
    const auto breaks = [](auto change) {
        OneStep step = make_s8({5, 5, 4, 2, 3, 1, 1, 1});
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(breaks([](plan::Draft&) {}));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].dims[3] = 9; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[2].dims[0] = 7; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[3].dims[1] = 7; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[0].rank = 3; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.operands[3] = plan::kAbsent; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[3].region = plan::region::arena; }));
    for (const std::size_t field : {0U, 1U, 2U, 3U, 6U, 7U, 8U, 14U}) {
        EXPECT_TRUE(breaks([&](plan::Draft& d) {
            const std::int32_t bad = -3;
            std::memcpy(d.attributes.data() + field * 4, &bad, 4);
        })) << field;
    }
}

tflite::ModelBuilder model_of(std::int64_t out_w) {
    using enum tflite::TensorType;
    tflite::ModelBuilder builder;
    const auto x = builder.add_tensor("x", int8, {1, 4, 4, 2}, tflite::per_tensor(0.5F, 3));
    const auto w = builder.add_constant("w", int8, {1, 3, 3, 4}, std::vector<std::int8_t>(36, 1),
                                        tflite::per_axis({0.5F, 0.25F, 0.5F, 1.0F}, 3));
    const auto b = builder.add_constant("b", int32, {4}, std::vector<std::int32_t>{1, 2, 3, 4});
    const auto y = builder.add_tensor("y", int8, {1, 4, out_w, 4}, tflite::per_tensor(1.0F, -1));
    tflite::DepthwiseConv2DOptions options;
    options.stride_h = options.stride_w = 1;
    options.depth_multiplier = 2;
    builder.add_operator(tflite::BuiltinOperator::DEPTHWISE_CONV_2D, {x, w, b}, {y}, options);
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

TEST(DepthwiseConv2d, ImportsMultiplierPaddingAndScalesPerChannel) {
    auto builder = model_of(4);
    const auto graph = test::import_one(builder.model());
    ASSERT_TRUE(graph.ok()) << graph.error().message();
    const auto a = graph::attributes<DepthwiseConv2D>(graph.value().nodes.back());
    EXPECT_EQ(a.multiplier, 2);
    EXPECT_EQ(a.pad_top, 1);
    EXPECT_EQ(a.input_offset, -3);
    const auto inferred = test::infer_last(graph.value());
    ASSERT_TRUE(inferred.ok());
    EXPECT_EQ(inferred.value()[0], (TensorType{plan::Type::s8, {1, 4, 4, 4}}));
    // Nine taps of (x + 3 - 3) = 0 leave the bias: 1 * 0.25, 2 * 0.125, 3 * 0.25, 4 * 0.5, minus 1.
    const auto step = test::step_of(graph.value(), {std::vector(32, std::byte{3})});
    EXPECT_EQ(step.run<std::int8_t>()[3], 4 / 2 - 1);
}

TEST(DepthwiseConv2d, RefusesAnOutputShapeThatStridesAndPaddingDoNotGive) {
    auto builder = model_of(3);
    EXPECT_FALSE(test::import_one(builder.model()).ok());
}

}  // namespace
}  // namespace verge
