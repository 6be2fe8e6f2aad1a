// signal_fft_auto_scale: its rule, its import, and what its check refuses; the bits are those of
// `signal`, whose tests hold them against TensorFlow Lite Micro.

#include "operators/overlap_test_support.hpp"
#include "operators/signal_fft_auto_scale/op.hpp"
#include "operators/signal_test_support.hpp"

namespace verge {
namespace {

using test::OneStep;
using test::SignalStep;

TEST(SignalFftAutoScale, FillsFifteenBitsAndSaysByHowMany) {
    const OneStep step(OpId::signal_fft_auto_scale, SignalFftAutoScale{},
                       {test::input<std::int16_t>({3}, {100, -200, 0})},
                       {test::output(plan::Type::s16, {3}), test::output(plan::Type::s32, {})});
    EXPECT_EQ(step.run<std::int16_t>(0), (std::vector<std::int16_t>{12800, -25600, 0}));
    EXPECT_EQ(step.run<std::int32_t>(1), (std::vector<std::int32_t>{7}));
}

TEST(SignalFftAutoScale, MayLieOnItsInput) {
    const std::vector<std::int16_t> x = {1, -2, 3, -4};
    OneStep step(OpId::signal_fft_auto_scale, SignalFftAutoScale{},
                 {test::input<std::int16_t>({4}, x)},
                 {test::output(plan::Type::s16, {4}), test::output(plan::Type::s32, {})});
    ASSERT_EQ(test::overlap_of(step), 0);
    for (const int distance : {0, 8, 64}) {
        EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(x)), distance),
                  step.run<std::byte>());
    }
}

TEST(SignalFftAutoScale, CheckRefusesEveryBrokenDescriptor) {
    const SignalStep step(OpId::signal_fft_auto_scale);
    EXPECT_FALSE(step.breaks([](plan::Draft&) {}));
    for (std::size_t operand = 0; operand < 3; ++operand) {
        EXPECT_TRUE(step.breaks_when_larger(operand)) << operand;
    }
    EXPECT_TRUE(step.breaks([](plan::Draft& d) { d.steps[0].output_count = 1; }));
    EXPECT_TRUE(step.breaks([](plan::Draft& d) { d.tensors[2].type = plan::Type::s16; }));
}

TEST(SignalFftAutoScale, ImportRefusesOtherOutputs) {
    EXPECT_TRUE(test::import_refuses("SignalFftAutoScale",
                                     [](tflite::Operator& op) { op.outputs.pop_back(); }));
    EXPECT_TRUE(test::import_refuses("SignalFftAutoScale",
                                     [](tflite::Operator& op) { op.outputs[1] = op.outputs[0]; }));
}

}  // namespace
}  // namespace verge
