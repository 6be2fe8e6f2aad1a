// signal_energy: its rule, its import, and what its check refuses; the bits are those of `signal`,
// whose tests hold them against TensorFlow Lite Micro.

#include "operators/overlap_test_support.hpp"
#include "operators/signal_energy/op.hpp"
#include "operators/signal_test_support.hpp"

namespace verge {
namespace {

using test::OneStep;
using test::SignalStep;

TEST(SignalEnergy, SquaresTheLinesOfItsRangeAndZeroesTheOthers) {
    const OneStep step(OpId::signal_energy, SignalEnergy{1, 3},
                       {test::input<std::int16_t>({8}, {1, 2, 3, 4, -32768, -32768, 5, 6})},
                       {test::output(plan::Type::u32, {4})});
    EXPECT_EQ(step.run<std::uint32_t>(), (std::vector<std::uint32_t>{0, 25, 2147483648U, 0}));
}

TEST(SignalEnergy, MayLieOnItsInput) {
    const std::vector<std::int16_t> x = {1, -2, 3, -4, 5, -6, 7, -8};
    OneStep step(OpId::signal_energy, SignalEnergy{1, 3}, {test::input<std::int16_t>({8}, x)},
                 {test::output(plan::Type::u32, {4})});
    ASSERT_EQ(test::overlap_of(step), 0);
    for (const int distance : {0, 8, 64}) {
        EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(x)), distance),
                  step.run<std::byte>());
    }
}

TEST(SignalEnergy, CheckRefusesEveryBrokenDescriptor) {
    const SignalStep step(OpId::signal_energy);
    EXPECT_FALSE(step.breaks([](plan::Draft&) {}));
    EXPECT_TRUE(step.breaks_when_larger(0));
    EXPECT_TRUE(step.breaks_when_larger(1));
    EXPECT_TRUE(step.breaks_with(0, -1));
    EXPECT_TRUE(step.breaks_with(0, 242));
    EXPECT_TRUE(step.breaks_with(1, 258));
    EXPECT_FALSE(step.breaks_with(1, 257));
}

TEST(SignalEnergy, ImportRefusesARangeOutsideTheSpectrum) {
    EXPECT_FALSE(
        test::import_refuses_options("SignalEnergy", {{"start_index", 0}, {"end_index", 257}}));
    EXPECT_TRUE(
        test::import_refuses_options("SignalEnergy", {{"start_index", 0}, {"end_index", 258}}));
    EXPECT_TRUE(
        test::import_refuses_options("SignalEnergy", {{"start_index", 9}, {"end_index", 8}}));
    EXPECT_TRUE(
        test::import_refuses_options("SignalEnergy", {{"start_index", -1}, {"end_index", 8}}));
}

}  // namespace
}  // namespace verge
