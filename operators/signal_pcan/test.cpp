// signal_pcan: its rule, its import, and what its check refuses; the bits are those of `signal`,
// whose tests hold them against TensorFlow Lite Micro.

#include "operators/signal_pcan/op.hpp"
#include "operators/signal_test_support.hpp"

namespace verge {
namespace {

using test::OneStep;
using test::SignalStep;

TEST(SignalPcan, DividesByAPowerOfTheNoise) {
    // A gain of 16 in every octave: 4096 * 16 >> 4 is a signal-to-noise ratio of 1, which shrinks
    // to 1/4.
    std::vector<std::int16_t> gains(signal::kGainTableSize, 0);
    gains[0] = gains[1] = 16;
    for (std::size_t octave = 1; octave < 32; ++octave) {
        gains[4 * octave - 2] = 16;
    }
    const OneStep step(OpId::signal_pcan, SignalPcan{4},
                       {test::input<std::uint32_t>({3}, {4096, 4096 * 5, 4096}),
                        test::input<std::uint32_t>({3}, {0, 77, UINT32_MAX}),
                        test::constant<std::int16_t>({signal::kGainTableSize}, gains)},
                       {test::output(plan::Type::u32, {3})});
    EXPECT_EQ(step.run<std::uint32_t>(), (std::vector<std::uint32_t>{16, 256, 16}));
}

TEST(SignalPcan, CheckRefusesEveryBrokenDescriptor) {
    const SignalStep step(OpId::signal_pcan);
    EXPECT_FALSE(step.breaks([](plan::Draft&) {}));
    for (std::size_t operand = 0; operand < 4; ++operand) {
        EXPECT_TRUE(step.breaks_when_larger(operand)) << operand;
    }
    EXPECT_TRUE(step.breaks_when_absent(2));
    EXPECT_TRUE(step.breaks_with(0, 32));
    EXPECT_TRUE(step.breaks_with(0, -1));
}

TEST(SignalPcan, ImportRefusesAnotherTableOrShift) {
    EXPECT_TRUE(test::import_refuses_options("SignalPCAN", {{"snr_shift", -1}}));
    EXPECT_TRUE(test::import_refuses_options("SignalPCAN", {}));
    EXPECT_TRUE(test::import_refuses("SignalPCAN",
                                     [](tflite::Operator& op) { op.inputs[2] = op.inputs[0]; }));
}

}  // namespace
}  // namespace verge
