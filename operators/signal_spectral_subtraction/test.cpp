// signal_spectral_subtraction: its rule, its import, and what its check refuses; the bits are those
// of `signal`, whose tests hold them against TensorFlow Lite Micro.

#include "operators/signal_spectral_subtraction/op.hpp"
#include "operators/signal_test_support.hpp"

namespace verge {
namespace {

using test::OneStep;
using test::SignalStep;

TEST(SignalSpectralSubtraction, KeepsItsNoiseEstimateFromRunToRun) {
    // The whole preprocessor, frame after frame, against `signal`, which keeps the noise itself.
    const auto imported = test::PreprocessorModel().import();
    ASSERT_TRUE(imported.ok()) << imported.error().message();
    const graph::Graph& graph = imported.value().graph;
    test::GraphRunner runner(graph);
    std::vector<std::uint32_t> noise(signal::kFeatures, 0);
    signal::FrontendScratch scratch;
    for (std::uint32_t frame = 0; frame < 5; ++frame) {
        const auto window = test::window_of_noise(frame);
        runner.set(graph.nodes.front().inputs[0], window);
        runner.run();
        signal::FeatureFrame wanted;
        signal::compute_features(window, noise, scratch, wanted);
        const auto logs = runner.get<std::uint16_t>(graph.nodes.back().outputs[0]);
        EXPECT_TRUE(std::ranges::equal(logs, wanted.log)) << frame;
    }
    const auto node =
        std::ranges::find(graph.nodes, OpId::signal_spectral_subtraction, &graph::Node::op);
    EXPECT_EQ(runner.get<std::uint32_t>(node->outputs[1]), noise);
}

TEST(SignalSpectralSubtraction, NamesItsNoiseAmongInputsAndOutputs) {
    const auto imported = test::PreprocessorModel().import();
    const graph::Graph& graph = imported.value().graph;
    const auto node =
        std::ranges::find(graph.nodes, OpId::signal_spectral_subtraction, &graph::Node::op);
    EXPECT_EQ(node->inputs[1], node->outputs[1]);
    EXPECT_EQ(graph[node->inputs[1]].kind, graph::ValueKind::state);
}

TEST(SignalSpectralSubtraction, ImportsThePreprocessorOfMicroSpeech) {
    const auto file = test::data_file("kws/micro_speech/audio_preprocessor_int8.tflite");
    if (file.empty()) {
        GTEST_SKIP() << "no ../shared/data/kws/micro_speech";
    }
    const auto model = tflite::read(file);
    ASSERT_TRUE(model.ok());
    const auto imported = test::import_some(
        model.value(), [](const std::string& name) { return name.starts_with("Signal"); });
    ASSERT_TRUE(imported.ok()) << imported.error().message();
    const auto own = test::PreprocessorModel().import();
    const graph::Graph& theirs = imported.value().graph;
    const graph::Graph& ours = own.value().graph;
    ASSERT_EQ(theirs.nodes.size(), 10U);
    for (std::size_t i = 0; i < theirs.nodes.size(); ++i) {
        EXPECT_EQ(theirs.nodes[i].op, ours.nodes[i].op);
        EXPECT_EQ(theirs.nodes[i].attributes, ours.nodes[i].attributes) << i;
    }
}

TEST(SignalSpectralSubtraction, CheckRefusesEveryBrokenDescriptor) {
    const SignalStep step(OpId::signal_spectral_subtraction);
    EXPECT_FALSE(step.breaks([](plan::Draft&) {}));
    for (std::size_t operand = 0; operand < 4; ++operand) {
        EXPECT_TRUE(step.breaks_when_larger(operand)) << operand;
    }
    EXPECT_TRUE(step.breaks([](plan::Draft& d) { d.operands[3] = d.operands[2]; }));
    for (const std::size_t bits : {5U, 6U}) {
        EXPECT_FALSE(step.breaks_with(bits, 31));
        EXPECT_TRUE(step.breaks_with(bits, 32));
        EXPECT_TRUE(step.breaks_with(bits, -1));
    }
}

TEST(SignalSpectralSubtraction, ImportRefusesMissingOptions) {
    EXPECT_TRUE(test::import_refuses_options("SignalFilterBankSpectralSubtraction",
                                             {{"num_channels", 40}}));
    EXPECT_TRUE(test::import_refuses_options("SignalFilterBankSpectralSubtraction",
                                             {{"num_channels", 41}}));
}

}  // namespace
}  // namespace verge
