// Random networks, streamed over random frames: every run says what the window form says.

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "compiler/passes/verify_rules.hpp"
#include "graph/constant_text.hpp"
#include "graph/text.hpp"
#include "tests/streaming/both_forms.hpp"
#include "tests/streaming/nets.hpp"

namespace verge {
namespace {

using test::Form;

constexpr std::array kForms = {Form::tiny, Form::fast1};

graph::Graph read(const std::string& text) {
    auto graph = graph::parse(text, compiler::operator_texts());
    EXPECT_TRUE(graph.ok()) << (graph.ok() ? "" : graph.error().message()) << "\n" << text;
    return graph.ok() ? std::move(graph).value() : graph::Graph{};
}

std::vector<std::byte> random_stream(const graph::Graph& graph, int frames, int count) {
    const graph::Value& input = graph[graph.inputs[0]];
    const auto bytes = static_cast<std::size_t>(graph::byte_count(input.type, input.dims));
    std::vector<std::byte> stream(bytes / static_cast<std::size_t>(frames) *
                                  static_cast<std::size_t>(count));
    graph::fill_random(7, input.type, stream, stream.size());
    return stream;
}

class Random : public testing::TestWithParam<int> {};

/// 25 networks each, with every hop that fits three times into the window.
TEST_P(Random, NetworksSayTheSameStreamed) {
    int kept = 0;
    for (int i = 0; i < 25; ++i) {
        const auto seed = static_cast<std::uint32_t>(GetParam() * 1000 + i);
        const test::Net net = test::random_net(seed);
        const graph::Graph graph = read(net.text);
        for (int hop = 1; hop <= net.frames / 3; ++hop) {
            const auto stream = random_stream(graph, net.frames, 2 * net.frames + 3 * hop);
            const auto result = test::compare_forms(graph, stream, {.frames = hop}, kForms);
            ASSERT_TRUE(result.ok()) << result.error().message() << "\n" << net.text;
            EXPECT_EQ(result.value().difference, "") << "hop " << hop << ", seed " << seed << "\n"
                                                     << net.text;
            EXPECT_LE(result.value().streamed.macs, result.value().window.macs) << net.text;
            for (const auto& node : result.value().streamed.stream.nodes) {
                kept += node.computed < node.columns ? 1 : 0;
            }
        }
    }
    EXPECT_GE(kept, 100) << "hardly anything was streamed";
}

INSTANTIATE_TEST_SUITE_P(Seeds, Random, testing::Range(0, 8));

/// Half of what the states would take, where the frames of the window leave room for less.
TEST(LessRoom, ForStatesCostsProductsAndSaysTheSame) {
    int shorter = 0;
    for (std::uint32_t seed = 0; seed < 60; ++seed) {
        const test::Net net = test::random_net(seed);
        const graph::Graph graph = read(net.text);
        const auto stream = random_stream(graph, net.frames, 3 * net.frames);
        const auto all = test::compare_forms(graph, stream, {.frames = 1}, kForms);
        ASSERT_TRUE(all.ok()) << net.text;
        const compiler::Compiled& roomy = all.value().streamed;
        const auto frames = static_cast<std::int64_t>(
            graph::byte_count(graph[graph.inputs[0]].type, graph[graph.inputs[0]].dims));
        const std::int64_t most = std::max(frames, roomy.stream.state_bytes / 2);
        const auto less =
            test::compare_forms(graph, stream, {.frames = 1, .most_state_bytes = most}, kForms);
        ASSERT_TRUE(less.ok()) << less.error().message() << "\n" << net.text;
        EXPECT_EQ(less.value().difference, "") << "seed " << seed << "\n" << net.text;
        EXPECT_LE(less.value().streamed.stream.state_bytes, most) << net.text;
        EXPECT_GE(less.value().streamed.macs, roomy.macs) << net.text;
        shorter += less.value().streamed.stream.state_bytes < roomy.stream.state_bytes ? 1 : 0;
    }
    EXPECT_GE(shorter, 20);
}

TEST(ColdStart, SaysTheSameFromTheFirstFullWindowOnAndSavesTheFirstContents) {
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
        const test::Net net = test::random_net(seed);
        const graph::Graph graph = read(net.text);
        const auto stream = random_stream(graph, net.frames, 3 * net.frames);
        const auto cold =
            test::compare_forms(graph, stream, {.frames = 2, .starts_filled = false}, kForms);
        const auto warm = test::compare_forms(graph, stream, {.frames = 2}, kForms);
        ASSERT_TRUE(cold.ok() && warm.ok()) << net.text;
        EXPECT_EQ(cold.value().difference, "") << net.text;
        EXPECT_LE(cold.value().streamed.plan.size(), warm.value().streamed.plan.size());
    }
}

}  // namespace
}  // namespace verge
