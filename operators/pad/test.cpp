// pad: import, check, kernel, and the output laid over the input.

#include <gtest/gtest.h>

#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"
#include "operators/pad/op.hpp"

namespace verge {
namespace {

using test::OneStep;

TEST(Pad, PutsItsValueAround) {
    Pad a{};
    a.before[0] = 1;
    a.before[1] = 2;
    a.value[0] = 9;
    const OneStep step(OpId::pad, a, {test::input<std::int8_t>({2, 2}, {1, 2, 3, 4})},
                       {test::output(plan::Type::s8, {4, 5})});
    EXPECT_EQ(step.run<std::int8_t>(), (std::vector<std::int8_t>{9, 9, 9, 9, 9, 9, 9, 1, 2, 9,
                                                                 9, 9, 3, 4, 9, 9, 9, 9, 9, 9}));
}

TEST(Pad, KeepsAllBytesOfWideElements) {
    Pad a{};
    a.before[0] = 1;
    a.value[0] = 2;
    a.value[1] = 1;
    const OneStep step(OpId::pad, a, {test::input<std::int64_t>({1}, {-5})},
                       {test::output(plan::Type::s64, {3})});
    const std::int64_t value = (std::int64_t{1} << 32) + 2;
    EXPECT_EQ(step.run<std::int64_t>(), (std::vector<std::int64_t>{value, -5, value}));
}

TEST(Pad, MayLieOverItsInputAsFarAsTheRuleSays) {
    const auto values = test::Random(4).values<std::int16_t>(3 * 4 * 5, -9999, 9999);
    for (const std::int32_t before : {0, 1, 2}) {
        Pad a{};
        a.before[1] = a.before[2] = before;
        OneStep step(OpId::pad, a, {test::input({3, 4, 5}, values)},
                     {test::output(plan::Type::s16, {4, 7, 8})});
        ASSERT_TRUE(step.check().ok());
        const auto distance = test::overlap_of(step);
        EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(values)), distance.value()),
                  step.run<std::byte>());
    }
}

TEST(Pad, CheckRefusesEveryBrokenDescriptor) {
    const auto breaks = [](auto change) {
        Pad a{};
        a.before[0] = 1;
        OneStep step(OpId::pad, a, {test::input<std::int8_t>({2}, {1, 2})},
                     {test::output(plan::Type::s8, {4})});
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(breaks([](plan::Draft&) {}));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].dims[0] = 2; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].type = plan::Type::u8; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.tensors[1].rank = 2; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.attributes[0] = std::byte{3}; }));
    EXPECT_TRUE(breaks([](plan::Draft& d) { d.attributes[3] = std::byte{0x80}; }));
}

Outcome<graph::Graph> import_pad(std::vector<std::int32_t> paddings, bool has_value) {
    using enum tflite::TensorType;
    tflite::ModelBuilder builder;
    const auto x = builder.add_tensor("x", int8, {1, 2}, tflite::per_tensor(0.5F, -3));
    const auto p = builder.add_constant("p", int32, {2, 2}, paddings);
    const auto v = builder.add_constant("v", int8, {1}, std::vector<std::int8_t>{44},
                                        tflite::per_tensor(0.5F, -3));
    const auto y = builder.add_tensor("y", int8, {1, 4}, tflite::per_tensor(0.5F, -3));
    if (has_value) {
        builder.add_operator(tflite::BuiltinOperator::PADV2, {x, p, v}, {y});
    } else {
        builder.add_operator(tflite::BuiltinOperator::PAD, {x, p}, {y});
    }
    builder.set_inputs({x});
    builder.set_outputs({y});
    return test::import_one(builder.model());
}

TEST(Pad, ImportsTheZeroPointOrTheGivenValue) {
    for (const bool has_value : {false, true}) {
        const auto graph = import_pad({0, 0, 1, 1}, has_value);
        ASSERT_TRUE(graph.ok()) << graph.error().message();
        EXPECT_TRUE(test::infer_last(graph.value()).ok());
        const auto step = test::step_of(graph.value(), {{std::byte{5}, std::byte{6}}});
        const std::int8_t around = has_value ? 44 : -3;
        EXPECT_EQ(step.run<std::int8_t>(), (std::vector<std::int8_t>{around, 5, 6, around}));
    }
}

TEST(Pad, RefusesNegativePaddingsAndWrongShapes) {
    EXPECT_FALSE(import_pad({0, 0, 3, -1}, false).ok());
    EXPECT_FALSE(import_pad({0, 0, 1, 2}, false).ok());
}

}  // namespace
}  // namespace verge
