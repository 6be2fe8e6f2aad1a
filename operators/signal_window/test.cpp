// signal_window: its rule, its import, and what its check refuses; the bits are those of `signal`,
// whose tests hold them against TensorFlow Lite Micro.

#include "operators/overlap_test_support.hpp"
#include "operators/signal_test_support.hpp"
#include "operators/signal_window/op.hpp"

namespace verge {
namespace {

using test::OneStep;
using test::SignalStep;

TEST(SignalWindow, WeighsEachFrameByTheSameWindow) {
    const OneStep step(OpId::signal_window, SignalWindow{1},
                       {test::input<std::int16_t>({2, 2}, {10, -3, 30000, 4}),
                        test::constant<std::int16_t>({2}, {3, 5})},
                       {test::output(plan::Type::s16, {2, 2})});
    EXPECT_EQ(step.run<std::int16_t>(), (std::vector<std::int16_t>{15, -8, 32767, 10}));
}

TEST(SignalWindow, MayLieOnItsInput) {
    const std::vector<std::int16_t> x = {1, -2, 3, -4, 5, -6, 7, -8};
    OneStep step(OpId::signal_window, SignalWindow{1},
                 {test::input<std::int16_t>({8}, x),
                  test::constant<std::int16_t>({8}, {1, 2, 3, 4, 5, 6, 7, 8})},
                 {test::output(plan::Type::s16, {8})});
    ASSERT_EQ(test::overlap_of(step), 0);
    for (const int distance : {0, 8, 64}) {
        EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(x)), distance),
                  step.run<std::byte>());
    }
}

TEST(SignalWindow, CheckRefusesEveryBrokenDescriptor) {
    const SignalStep step(OpId::signal_window);
    EXPECT_FALSE(step.breaks_with(0, 31));
    EXPECT_TRUE(step.breaks_with(0, 32));
    EXPECT_TRUE(step.breaks_with(0, -1));
    EXPECT_TRUE(step.breaks_when_larger(0));
    EXPECT_TRUE(step.breaks_when_larger(2));
}

TEST(SignalWindow, ImportRefusesAShiftOrAWindowThatDoesNotFit) {
    EXPECT_FALSE(test::import_refuses_options("SignalWindow", {{"shift", 31}}));
    EXPECT_TRUE(test::import_refuses_options("SignalWindow", {{"shift", 32}}));
    EXPECT_TRUE(test::import_refuses_options("SignalWindow", {}));
    EXPECT_TRUE(test::import_refuses("SignalWindow",
                                     [](tflite::Operator& op) { op.inputs[1] = op.inputs[0]; }));
    EXPECT_TRUE(
        test::import_refuses("SignalWindow", [](tflite::Operator& op) { op.inputs.pop_back(); }));
}

}  // namespace
}  // namespace verge
