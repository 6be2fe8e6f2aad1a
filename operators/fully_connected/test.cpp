// fully_connected: rule, import, check, kernels, and the output laid over the input.

#include <gtest/gtest.h>

#include "operators/fully_connected/op.hpp"
#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"
#include "operators/requant.hpp"

namespace verge {
namespace {

using test::OneStep;

struct Sizes {
    std::uint32_t rows, inputs, outputs;
    bool is_per_output;
};

std::vector<std::int8_t> input_of(const Sizes& s) {
    return test::Random(3).values<std::int8_t>(std::size_t{s.rows} * s.inputs, -128, 127);
}

OneStep make_s8(const Sizes& s) {
    test::Random random(9);
    FullyConnected a{};
    a.input_offset = 11;
    a.output_offset = -4;
    a.clamp_min = -128;
    a.clamp_max = 127;
    const std::uint32_t requants = s.is_per_output ? s.outputs : 1;
    std::vector<std::int32_t> requant(2 * requants, -8);
    for (std::uint32_t i = 0; i < requants; ++i) {
        requant[i] = (1 << 30) + random.between(0, 1 << 29);
    }
    return {
        OpId::fully_connected,
        a,
        {test::input({s.rows, s.inputs}, input_of(s)),
         test::constant({s.outputs, s.inputs},
                        random.values<std::int8_t>(std::size_t{s.outputs} * s.inputs, -127, 127)),
         test::constant({s.outputs}, random.values<std::int32_t>(s.outputs, -9000, 9000)),
         test::constant({2, requants}, requant)},
        {test::output(plan::Type::s8, {s.rows, s.outputs})}};
}

TEST(FullyConnected, SumsRowsByHandWithAndWithoutABias) {
    FullyConnected a{};
    a.float_min = -1e9F;
    a.float_max = 40.0F;
    const auto run = [&](test::Operand bias) {
        const OneStep step(OpId::fully_connected, a,
                           {test::input<float>({2, 2}, {1, 2, 3, 4}),
                            test::constant<float>({2, 2}, {1, 1, 10, 1}), std::move(bias)},
                           {test::output(plan::Type::f32, {2, 2})});
        return step.run<float>();
    };
    EXPECT_EQ(run(test::absent()), (std::vector<float>{3, 12, 7, 34}));
    EXPECT_EQ(run(test::constant<float>({2}, {0.5F, 9})), (std::vector<float>{3.5F, 21, 7.5F, 40}));
}

class EveryFullyConnectedKernel : public testing::TestWithParam<Sizes> {};

TEST_P(EveryFullyConnectedKernel, AgreesWithTheReferenceInTilesOfAnySize) {
    const OneStep step = make_s8(GetParam());
    ASSERT_TRUE(step.check().ok());
    const auto wanted = step.run<std::int8_t>();
    for (const auto& variant : step.variants()) {
        EXPECT_EQ(step.run<std::int8_t>(variant), wanted) << test::name_of(*variant.kernel);
        EXPECT_EQ(step.run<std::int8_t>(variant, 0, 1), wanted) << test::name_of(*variant.kernel);
    }
}

TEST_P(EveryFullyConnectedKernel, MayLieOverItsInputAsFarAsTheRuleSays) {
    OneStep step = make_s8(GetParam());
    const auto input = input_of(GetParam());
    EXPECT_EQ(
        test::run_over_input(step, std::as_bytes(std::span(input)), test::overlap_of(step).value()),
        step.run<std::byte>());
}

INSTANTIATE_TEST_SUITE_P(FullyConnected,
                         EveryFullyConnectedKernel,
                         testing::Values(Sizes{1, 64, 12, false},
                                         Sizes{1, 640, 128, true},
                                         Sizes{3, 5, 17, true},
                                         Sizes{4, 33, 16, false},
                                         Sizes{2, 1, 1, false},
                                         Sizes{2, 7, 40, false}));

TEST(FullyConnected, CheckRefusesEveryBrokenDescriptor) {
    const auto breaks = [](auto change) {
        OneStep step = make_s8({2, 6, 5, true});
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(breaks([](plan::Draft&) {}));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[0].dims[1] = 7; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].dims[0] = 6; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].rank = 1; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[2].dims[0] = 4; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[3].dims[1] = 4; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.operands[3] = plan::kAbsent; }));
}

tflite::ModelBuilder model_of(std::int64_t outputs) {
    using enum tflite::TensorType;
    tflite::ModelBuilder builder;
    const auto x = builder.add_tensor("x", int8, {1, 2, 3}, tflite::per_tensor(0.1F, -2));
    const auto w = builder.add_constant(
        "w", int8, {2, 3}, std::vector<std::int8_t>{1, 2, 3, 4, 5, 6}, tflite::per_tensor(0.7F, 0));
    const auto y = builder.add_tensor("y", int8, {1, 2, outputs}, tflite::per_tensor(0.3F, 5));
    tflite::FullyConnectedOptions options;
    options.keep_num_dims = true;
    builder.add_operator(tflite::BuiltinOperator::FULLY_CONNECTED, {x, w, tflite::kNoTensor}, {y},
                         options);
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

TEST(FullyConnected, MultipliesAScaleForAllOutputsInFloatAsTheOriginalDoes) {
    auto builder = model_of(2);
    const auto graph = test::import_one(builder.model());
    ASSERT_TRUE(graph.ok()) << graph.error().message();
    const graph::Node& node = graph.value().nodes.back();
    const auto requant = graph::elements<std::int32_t>(graph.value()[node.inputs[3]]);
    const Multiplier wanted =
        quantise_multiplier(static_cast<double>(0.1F * 0.7F) / static_cast<double>(0.3F)).value();
    EXPECT_EQ(std::vector(requant.begin(), requant.end()),
              (std::vector<std::int32_t>{wanted.multiplier, wanted.shift}));
    EXPECT_TRUE(test::infer_last(graph.value()).ok());
}

TEST(FullyConnected, RefusesAnOutputThatIsNotOneOfEachWeightRow) {
    auto builder = model_of(3);
    EXPECT_FALSE(test::import_one(builder.model()).ok());
}

}  // namespace
}  // namespace verge
