// signal_filter_bank_square_root: its rule, its import, and what its check refuses; the bits are
// those of `signal`, whose tests hold them against TensorFlow Lite Micro.

#include "operators/overlap_test_support.hpp"
#include "operators/signal_filter_bank_square_root/op.hpp"
#include "operators/signal_test_support.hpp"

namespace verge {
namespace {

using test::OneStep;
using test::SignalStep;

OneStep roots(std::int32_t scale) {
    return {OpId::signal_filter_bank_square_root,
            SignalFilterBankSquareRoot{},
            {test::input<std::uint64_t>({3}, {0, 10000, UINT64_MAX}),
             test::input<std::int32_t>({}, {scale})},
            {test::output(plan::Type::u32, {3})}};
}

TEST(SignalFilterBankSquareRoot, ScalesTheRootsBack) {
    EXPECT_EQ(roots(2).run<std::uint32_t>(), (std::vector<std::uint32_t>{0, 25, 0x3fffffff}));
}

TEST(SignalFilterBankSquareRoot, TakesTheNearestScaleForOneThatIsNone) {
    EXPECT_EQ(roots(-5).run<std::uint32_t>(), roots(0).run<std::uint32_t>());
    EXPECT_EQ(roots(INT32_MAX).run<std::uint32_t>(), roots(31).run<std::uint32_t>());
}

TEST(SignalFilterBankSquareRoot, MayLieOnItsInput) {
    const std::vector<std::uint64_t> x = {100, 400, 1600, 1000000};
    OneStep step(OpId::signal_filter_bank_square_root, SignalFilterBankSquareRoot{},
                 {test::input<std::uint64_t>({4}, x), test::constant<std::int32_t>({}, {1})},
                 {test::output(plan::Type::u32, {4})});
    ASSERT_EQ(test::overlap_of(step), 0);
    for (const int distance : {0, 8, 64}) {
        EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(x)), distance),
                  step.run<std::byte>());
    }
}

TEST(SignalFilterBankSquareRoot, CheckRefusesEveryBrokenDescriptor) {
    const SignalStep step(OpId::signal_filter_bank_square_root);
    EXPECT_FALSE(step.breaks([](plan::Draft&) {}));
    for (std::size_t operand = 0; operand < 3; ++operand) {
        EXPECT_TRUE(step.breaks_when_larger(operand)) << operand;
    }
}

TEST(SignalFilterBankSquareRoot, ImportRefusesAnotherScale) {
    EXPECT_TRUE(test::import_refuses("SignalFilterBankSquareRoot",
                                     [](tflite::Operator& op) { op.inputs[1] = op.inputs[0]; }));
    EXPECT_TRUE(test::import_refuses("SignalFilterBankSquareRoot",
                                     [](tflite::Operator& op) { op.inputs.pop_back(); }));
}

}  // namespace
}  // namespace verge
