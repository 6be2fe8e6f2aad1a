// signal_filter_bank: its rule, its import, and what its check refuses; the bits are those of
// `signal`, whose tests hold them against TensorFlow Lite Micro.

#include "operators/signal_filter_bank/op.hpp"
#include "operators/signal_test_support.hpp"

namespace verge {
namespace {

using test::OneStep;
using test::SignalStep;

TEST(SignalFilterBank, GivesEachLineToTwoChannels) {
    // One channel between two stretches: rising over lines 0 and 1, falling over line 2.
    const OneStep step(
        OpId::signal_filter_bank, SignalFilterBank{},
        {test::input<std::uint32_t>({3}, {100, 200, 300}),
         test::constant<std::int16_t>({3}, {4, 2, 3}), test::constant<std::int16_t>({3}, {1, 5, 7}),
         test::constant<std::int16_t>({2}, {0, 2}), test::constant<std::int16_t>({2}, {0, 2}),
         test::constant<std::int16_t>({2}, {2, 1})},
        {test::output(plan::Type::u64, {1})});
    EXPECT_EQ(step.run<std::uint64_t>(), (std::vector<std::uint64_t>{100 * 1 + 200 * 5 + 300 * 3}));
}

TEST(SignalFilterBank, CheckRefusesEveryBrokenDescriptor) {
    const SignalStep step(OpId::signal_filter_bank);
    EXPECT_FALSE(step.breaks([](plan::Draft&) {}));
    for (std::size_t operand = 1; operand < 7; ++operand) {
        EXPECT_TRUE(step.breaks_when_larger(operand)) << operand;
    }
    EXPECT_TRUE(step.breaks([](plan::Draft& d) { d.tensors[0].dims[0] = 200; }));
    EXPECT_TRUE(step.breaks_when_absent(2));
    EXPECT_TRUE(step.breaks_when_absent(5));
    for (std::size_t operand = 1; operand < 6; ++operand) {
        EXPECT_TRUE(step.breaks([&](plan::Draft& d) {
            d.tensors[operand].region = plan::region::arena;
        })) << operand;
    }
}

TEST(SignalFilterBank, CheckRefusesStretchesThatReachOutside) {
    const SignalStep step(OpId::signal_filter_bank);
    for (std::size_t operand = 3; operand < 6; ++operand) {
        for (const std::int16_t value : {std::int16_t{-1}, std::int16_t{32767}}) {
            EXPECT_TRUE(step.breaks([&](plan::Draft& d) {
                std::memcpy(d.constants.data() + d.tensors[operand].offset + 40, &value,
                            sizeof value);
            })) << operand;
        }
    }
}

TEST(SignalFilterBank, ImportRefusesTablesThatDoNotFit) {
    EXPECT_TRUE(test::import_refuses_options("SignalFilterBank", {{"num_channels", 39}}));
    EXPECT_TRUE(test::import_refuses_options("SignalFilterBank", {}));
    for (std::size_t input = 1; input < 6; ++input) {
        EXPECT_TRUE(test::import_refuses("SignalFilterBank", [&](tflite::Operator& op) {
            op.inputs[input] = op.inputs[input < 3 ? 3 : 1];
        })) << input;
    }
}

}  // namespace
}  // namespace verge
