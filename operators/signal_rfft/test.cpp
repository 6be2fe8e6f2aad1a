// signal_rfft: its rule, its import, and what its check refuses; the bits are those of `signal`,
// whose tests hold them against TensorFlow Lite Micro.

#include "operators/signal_rfft/op.hpp"
#include "operators/signal_test_support.hpp"

namespace verge {
namespace {

using test::OneStep;
using test::SignalStep;

TEST(SignalRfft, TransformsEachRowAndFillsUpWithZeros) {
    // Two rows of three samples for a length of 4: a constant, and an alternating signal.
    const OneStep step(OpId::signal_rfft, SignalRfft{4},
                       {test::input<std::int16_t>({2, 3}, {4000, 4000, 4000, 4000, -4000, 4000}),
                        test::constant<std::int16_t>({2}, {0, 32767})},
                       {test::output(plan::Type::s16, {2, 6})});
    const auto y = step.run<std::int16_t>();
    const std::vector<std::int16_t> wanted = {3000, 0, 0, -1000, 1000, 0,
                                              1000, 0, 0, 1000,  3000, 0};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        EXPECT_NEAR(y[i], wanted[i], 2) << i;
    }
}

TEST(SignalRfft, GivesTheSameBitsWithItsOwnTableAsWithTheLongest) {
    test::PreprocessorModel model;
    const auto imported = model.import();
    const graph::Graph& graph = imported.value().graph;
    const auto node = std::ranges::find(graph.nodes, OpId::signal_rfft, &graph::Node::op);
    const auto sine = graph::elements<std::int16_t>(graph[node->inputs[1]]);
    const auto& exact = signal::kQuarterSine<512>;
    EXPECT_TRUE(std::ranges::equal(sine, exact));
}

TEST(SignalRfft, CheckRefusesEveryBrokenDescriptor) {
    const SignalStep step(OpId::signal_rfft);
    EXPECT_FALSE(step.breaks([](plan::Draft&) {}));
    EXPECT_FALSE(
        step.breaks_when_larger(0));  // more samples than the transform takes: they are left out
    EXPECT_TRUE(step.breaks_when_larger(1));
    EXPECT_TRUE(step.breaks_when_larger(2));
    for (const std::int32_t length : {-512, 0, 1, 2, 511, 256, 1024, 1 << 21}) {
        EXPECT_TRUE(step.breaks_with(0, length)) << length;
    }
}

TEST(SignalRfft, ImportRefusesLengthsThatAreNoPowerOfTwo) {
    for (const std::int64_t length : {0, 2, 500, 4096}) {
        EXPECT_TRUE(test::import_refuses_options("SignalRfft", {{"fft_length", length}})) << length;
    }
    EXPECT_FALSE(test::import_refuses_options("SignalRfft", {{"fft_length", 512}}));
    EXPECT_TRUE(
        test::import_refuses_options("SignalRfft", {{"fft_length", 256}}));  // another output
}

}  // namespace
}  // namespace verge
