// average_pool2d and max_pool2d: import, check, kernels, and the output laid over the input.

#include <gtest/gtest.h>

#include "operators/average_pool2d/op.hpp"
#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"

namespace verge {
namespace {

using test::OneStep;

Pool2D attributes_of(std::int32_t kernel, std::int32_t stride, std::int32_t pad) {
    return {stride, stride, kernel, kernel, pad, pad, -128, 127, -1e9F, 1e9F};
}

template <typename T>
OneStep square(OpId op,
               std::uint32_t size,
               std::uint32_t channels,
               const Pool2D& a,
               const std::vector<T>& values) {
    const auto span =
        size + 2 * static_cast<std::uint32_t>(a.pad_top) - static_cast<std::uint32_t>(a.kernel_h);
    const std::uint32_t outputs = span / static_cast<std::uint32_t>(a.stride_h) + 1;
    return {op,
            a,
            {test::input({1, size, size, channels}, values)},
            {test::output(test::type_of<T>(), {1, outputs, outputs, channels})}};
}

TEST(AveragePool2d, RoundsHalfAwayFromZeroOnBothSides) {
    const auto run = [](std::vector<std::int8_t> values) {
        return square(OpId::average_pool2d, 2, 1, attributes_of(2, 1, 0), values)
            .run<std::int8_t>()[0];
    };
    EXPECT_EQ(run({1, 1, 0, 0}), 1);     // 0.5
    EXPECT_EQ(run({-1, -1, 0, 0}), -1);  // -0.5
    EXPECT_EQ(run({1, 0, 0, 0}), 0);
    EXPECT_EQ(run({-128, -128, -128, -127}), -128);
}

TEST(AveragePool2d, CountsNoPadding) {
    const auto step =
        square<float>(OpId::average_pool2d, 2, 1, attributes_of(2, 1, 1), {1, 2, 3, 6});
    EXPECT_EQ(step.run<float>(), (std::vector<float>{1, 1.5F, 2, 2, 3, 4, 3, 4.5F, 6}));
}

TEST(AveragePool2d, ClampsAsTheFusedActivationSays) {
    Pool2D a = attributes_of(1, 1, 0);
    a.clamp_min = 3;
    a.clamp_max = 5;
    const std::vector<std::uint8_t> values = {1, 4, 200, 5};
    EXPECT_EQ(square(OpId::average_pool2d, 2, 1, a, values).run<std::uint8_t>(),
              (std::vector<std::uint8_t>{3, 4, 5, 5}));
    EXPECT_EQ(square(OpId::max_pool2d, 2, 1, a, values).run<std::uint8_t>(),
              (std::vector<std::uint8_t>{3, 4, 5, 5}));
}

TEST(MaxPool2d, TakesTheGreatestOfEachChannel) {
    const std::vector<std::int16_t> values = {-5, 1, -7, 2, -9, 30000, -6, 4};
    Pool2D a = attributes_of(2, 1, 0);
    a.clamp_min = -32768;
    a.clamp_max = 32767;
    EXPECT_EQ(square(OpId::max_pool2d, 2, 2, a, values).run<std::int16_t>(),
              (std::vector<std::int16_t>{-5, 30000}));
}

TEST(Pooling, LeavesWindowsThatLieOutsideToTheirNeutralValue) {
    const std::vector<std::int8_t> values = {7};
    EXPECT_EQ(
        square(OpId::average_pool2d, 1, 1, attributes_of(1, 2, 2), values).run<std::int8_t>()[0],
        0);
    EXPECT_EQ(square(OpId::max_pool2d, 1, 1, attributes_of(1, 2, 2), values).run<std::int8_t>()[0],
              -128);
}

TEST(Pooling, MayLieOverItsInputAsFarAsTheRuleSays) {
    const auto values = test::Random(5).values<std::int8_t>(9 * 9 * 3, -128, 127);
    for (const OpId op : {OpId::average_pool2d, OpId::max_pool2d}) {
        for (const Pool2D& a : {attributes_of(3, 1, 1), attributes_of(2, 2, 0),
                                attributes_of(3, 2, 1), attributes_of(9, 1, 0)}) {
            OneStep step = square(op, 9, 3, a, values);
            const std::int64_t distance = test::overlap_of(step).value();
            EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(values)), distance),
                      step.run<std::byte>());
            EXPECT_EQ(step.run<std::int8_t>(step.variants()[0], 0, 1), step.run<std::int8_t>());
        }
    }
}

TEST(Pooling, CheckRefusesEveryBrokenDescriptor) {
    const auto breaks = [](auto change) {
        OneStep step =
            square(OpId::max_pool2d, 4, 2, attributes_of(2, 1, 0), std::vector<std::int8_t>(32, 1));
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(breaks([](plan::Draft&) {}));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[0].rank = 3; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].dims[3] = 3; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].dims[0] = 2; }));
    for (std::size_t field = 0; field < 6; ++field) {
        EXPECT_TRUE(breaks([&](plan::Draft& d) {
            const std::int32_t bad = -1;
            std::memcpy(d.attributes.data() + field * 4, &bad, 4);
        })) << field;
    }
}

tflite::ModelBuilder model_of(tflite::BuiltinOperator code, float out_scale) {
    using enum tflite::TensorType;
    tflite::ModelBuilder builder;
    const auto x = builder.add_tensor("x", int8, {1, 5, 5, 2}, tflite::per_tensor(0.5F, 3));
    const auto y = builder.add_tensor("y", int8, {1, 3, 3, 2}, tflite::per_tensor(out_scale, 3));
    tflite::Pool2DOptions options;
    options.stride_h = options.stride_w = 2;
    options.filter_height = options.filter_width = 3;
    builder.add_operator(code, {x}, {y}, options);
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

TEST(Pooling, ImportsWindowsAndRefusesToRequantise) {
    for (const auto code :
         {tflite::BuiltinOperator::AVERAGE_POOL_2D, tflite::BuiltinOperator::MAX_POOL_2D}) {
        auto builder = model_of(code, 0.5F);
        const auto graph = test::import_one(builder.model());
        ASSERT_TRUE(graph.ok()) << graph.error().message();
        EXPECT_EQ(graph::attributes<Pool2D>(graph.value().nodes.back()).pad_top, 1);
        EXPECT_TRUE(test::infer_last(graph.value()).ok());
        auto other = model_of(code, 0.25F);
        EXPECT_FALSE(test::import_one(other.model()).ok());
    }
}

}  // namespace
}  // namespace verge
