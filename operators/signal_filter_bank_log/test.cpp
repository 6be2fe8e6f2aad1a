// signal_filter_bank_log: its rule, its import, and what its check refuses; the bits are those of
// `signal`, whose tests hold them against TensorFlow Lite Micro.

#include "operators/overlap_test_support.hpp"
#include "operators/signal_filter_bank_log/op.hpp"
#include "operators/signal_test_support.hpp"

namespace verge {
namespace {

using test::OneStep;
using test::SignalStep;

TEST(SignalFilterBankLog, TakesTheLogarithmOfTheShiftedInput) {
    const OneStep step(OpId::signal_filter_bank_log, SignalFilterBankLog{64, 3},
                       {test::input<std::uint32_t>({4}, {0, 1, 1000, 1U << 28U})},
                       {test::output(plan::Type::s16, {4})});
    // 64 ln(8) = 133.1, 64 ln(8000) = 575.2, 64 ln(2^31) = 1375.2.
    EXPECT_EQ(step.run<std::int16_t>(), (std::vector<std::int16_t>{0, 133, 575, 1375}));
}

TEST(SignalFilterBankLog, MayLieOnItsInput) {
    const std::vector<std::uint32_t> x = {1, 20, 300, 4000};
    OneStep step(OpId::signal_filter_bank_log, SignalFilterBankLog{64, 3},
                 {test::input<std::uint32_t>({4}, x)}, {test::output(plan::Type::s16, {4})});
    ASSERT_EQ(test::overlap_of(step), 0);
    for (const int distance : {0, 8, 64}) {
        EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(x)), distance),
                  step.run<std::byte>());
    }
}

TEST(SignalFilterBankLog, CheckRefusesEveryBrokenDescriptor) {
    const SignalStep step(OpId::signal_filter_bank_log);
    EXPECT_FALSE(step.breaks([](plan::Draft&) {}));
    EXPECT_TRUE(step.breaks_when_larger(0));
    EXPECT_TRUE(step.breaks_when_larger(1));
    EXPECT_TRUE(step.breaks_with(1, 32));
    EXPECT_TRUE(step.breaks_with(1, -1));
}

TEST(SignalFilterBankLog, ImportRefusesMissingOptions) {
    EXPECT_TRUE(test::import_refuses_options("SignalFilterBankLog", {{"output_scale", 64}}));
    EXPECT_TRUE(test::import_refuses_options(
        "SignalFilterBankLog", {{"output_scale", 64}, {"input_correction_bits", 32}}));
}

}  // namespace
}  // namespace verge
