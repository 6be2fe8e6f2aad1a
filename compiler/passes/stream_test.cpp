// Runs stream.cases: what streaming makes of a graph, as text, and that it says the same; and what
// the report says.

#include "compiler/passes/stream.hpp"

#include <charconv>
#include <map>

#include <gtest/gtest.h>

#include "compiler/passes/case_support.hpp"
#include "compiler/passes/verify_rules.hpp"
#include "graph/constant_text.hpp"
#include "graph/rewrite.hpp"
#include "graph/text.hpp"

namespace verge::compiler::test {
namespace {

using graph::ValueId;

/// "hop 2: what it shows": 2.
std::int64_t hop_of(std::string_view title) {
    std::int64_t hop = 0;
    const std::string_view digits = title.substr(std::string_view("hop ").size());
    std::from_chars(digits.data(), digits.data() + digits.size(), hop);
    return hop;
}

/// Without the constants: streaming leaves them as they are.
std::string print(graph::Graph graph) {
    graph::drop_unused_values(graph);
    std::istringstream text(graph::print(graph, operator_texts(), graph::ConstantText::full));
    std::string rest;
    for (std::string line; std::getline(text, line);) {
        rest += line.starts_with("const ") ? "" : line + "\n";
    }
    return rest;
}

class Graph {
public:
    explicit Graph(const graph::Graph& graph) : graph_(graph) {
        for (std::uint32_t i = 0; i < graph.value_count(); ++i) {
            const graph::Value& value = graph[ValueId{i}];
            const auto first = value.constant.bytes();
            bytes_[ValueId{i}].assign(first.begin(), first.end());
            bytes_[ValueId{i}].resize(
                static_cast<std::size_t>(graph::byte_count(value.type, value.dims)));
        }
    }

    Bytes run(const Bytes& input) {
        bytes_[graph_.inputs[0]] = input;
        for (const graph::Node& node : graph_.nodes) {
            std::vector<std::span<const std::byte>> inputs;
            for (const ValueId id : node.inputs) {
                inputs.emplace_back(id == graph::kNoValue ? std::span<const std::byte>()
                                                          : bytes_[id]);
            }
            auto outputs = evaluate(graph_, node, inputs);
            EXPECT_TRUE(outputs.ok()) << node.name;
            for (std::size_t i = 0; outputs.ok() && i < outputs.value().size(); ++i) {
                bytes_[node.outputs[i]] = std::move(outputs.value()[i]);
            }
        }
        return bytes_[graph_.outputs[0]];
    }

    [[nodiscard]] std::size_t input_bytes() const {
        const graph::Value& value = graph_[graph_.inputs[0]];
        return static_cast<std::size_t>(graph::byte_count(value.type, value.dims));
    }

private:
    const graph::Graph& graph_;
    std::map<ValueId, Bytes> bytes_;
};

/// Both forms over 20 hops of random frames, the window form behind zeros.
void expect_same_results(const graph::Graph& window, const graph::Graph& streamed) {
    Graph wanted(window);
    Graph found(streamed);
    Bytes frames(found.input_bytes());
    const auto& zeros = window[window.inputs[0]].quantisation.zero_points;
    Bytes input(wanted.input_bytes(), static_cast<std::byte>(zeros.empty() ? 0 : zeros[0]));
    for (std::uint32_t run = 0; run < 20; ++run) {
        const graph::Value& value = streamed[streamed.inputs[0]];
        graph::fill_random(run, value.type, frames,
                           static_cast<std::size_t>(graph::element_count(value.dims)));
        input.erase(input.begin(), input.begin() + static_cast<std::ptrdiff_t>(frames.size()));
        input.insert(input.end(), frames.begin(), frames.end());
        ASSERT_EQ(found.run(frames), wanted.run(input)) << "run " << run;
    }
}

TEST(Stream, MakesOfEveryCaseWhatIsWrittenAndSaysTheSame) {
    const auto cases = split_cases(read_file(VERGE_SOURCE_DIR "/compiler/passes/stream.cases"));
    ASSERT_GE(cases.size(), 8U);
    for (const Case& item : cases) {
        SCOPED_TRACE(item.title);
        const graph::Graph window = read_graph(item.before);
        graph::Graph graph = window;
        const auto report = stream(graph, {.frames = hop_of(item.title)});
        ASSERT_TRUE(report.ok()) << report.error().message();
        const bool is_same = item.after.starts_with("same\n");
        EXPECT_EQ(report.value().is_streamed, !is_same);
        EXPECT_EQ(print(graph), print(read_graph(is_same ? item.before : item.after)));
        const Done verified = verify_rules(graph);
        ASSERT_TRUE(verified.ok()) << verified.error().message();
        if (!is_same) {
            expect_same_results(window, graph);
        }
    }
}

/// A convolution of 3 frames with padding on both sides, then a mean over time.
constexpr std::string_view kPadded =
    "input x: s8[1,8,1,1] scale 1 zero -3\n"
    "const w: s8[2,3,1,1] = [1, 2, 3, 4, 5, 6]\n"
    "const r: s32[2,2] = [1073741824, 1073741824, -1, -1]\n"
    "a: s8[1,8,1,2] scale 1 zero 2 = conv2d(x, w, _, r) {stride_h=1, stride_w=1, dilation_h=1, "
    "dilation_w=1, pad_top=1, kernel_h=3, kernel_w=1, groups=1, input_offset=3, output_offset=2, "
    "clamp_min=-128, clamp_max=127}\n"
    "y: s8[1,2] scale 1 zero 0 = mean(a) {reduces=[0, 1, 1, 0, 0, 0], multiplier=1073741824, "
    "shift=-2}\n"
    "output y\n";

TEST(Stream, ReportsWhatItKeepsWhatItComputesAndWhyNot) {
    graph::Graph graph = read_graph(kPadded);
    const auto report = stream(graph, {.frames = 3});
    ASSERT_TRUE(report.ok());
    EXPECT_EQ(report.value().window_frames, 8);
    EXPECT_EQ(report.value().runs_until_full, 3);
    ASSERT_EQ(report.value().nodes.size(), 2U);
    EXPECT_EQ(report.value().nodes[0].op, "conv2d");
    EXPECT_EQ(report.value().nodes[0].columns, 8);
    EXPECT_EQ(report.value().nodes[0].computed, 5);  // 3 new ones and one at each border
    EXPECT_EQ(report.value().nodes[0].state_bytes, 12);
    EXPECT_EQ(report.value().nodes[0].reason, "");
    EXPECT_EQ(report.value().nodes[1].op, "mean");
    EXPECT_EQ(report.value().nodes[1].columns, 0);
    EXPECT_EQ(report.value().nodes[1].reason, "it averages over time");
    EXPECT_EQ(report.value().state_bytes, 12 + 8);
}

TEST(Stream, StartsItsStatesWithTheColumnsOfSilenceOrLeavesThemOut) {
    for (const bool starts_filled : {true, false}) {
        graph::Graph graph = read_graph(kPadded);
        ASSERT_TRUE(stream(graph, {.frames = 1, .starts_filled = starts_filled}).ok());
        for (std::uint32_t i = 0; i < graph.value_count(); ++i) {
            const graph::Value& value = graph[ValueId{i}];
            if (value.kind == graph::ValueKind::state) {
                const auto bytes = value.constant.bytes();
                EXPECT_EQ(bytes.empty(), !starts_filled);
                const std::byte zero{static_cast<unsigned char>(value.dims[3] == 1 ? -3 : 2)};
                EXPECT_TRUE(std::ranges::all_of(bytes, [&](std::byte b) { return b == zero; }));
            }
        }
    }
}

TEST(Stream, KeepsNoMoreThanTheStatesMayTake) {
    graph::Graph graph = read_graph(kPadded);
    const graph::Graph window = graph;
    const auto report = stream(graph, {.frames = 2, .most_state_bytes = 8});
    ASSERT_TRUE(report.ok());
    EXPECT_EQ(report.value().state_bytes, 8);
    EXPECT_EQ(report.value().nodes[0].computed, 8);
    EXPECT_EQ(report.value().nodes[0].reason, "the states have no room for it");
    expect_same_results(window, graph);
    graph = window;
    const auto refused = stream(graph, {.frames = 2, .most_state_bytes = 7});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, Code::bad_input);
}

TEST(Stream, RefusesAHopThatIsNoPartOfTheWindow) {
    for (const std::int64_t frames : {-1, 0, 9}) {
        graph::Graph graph = read_graph(kPadded);
        const auto report = stream(graph, {.frames = frames});
        ASSERT_FALSE(report.ok()) << frames;
        EXPECT_EQ(report.error().code, Code::bad_input);
        EXPECT_NE(report.error().message().find("from 1 to the 8 frames"), std::string::npos);
    }
}

TEST(Stream, LeavesModelsAloneThatItCannotStreamAndSaysWhy) {
    const auto reason_of = [](std::string_view text, std::int64_t frames) {
        graph::Graph graph = read_graph(text);
        const auto report = stream(graph, {.frames = frames});
        EXPECT_TRUE(report.ok() && !report.value().is_streamed);
        return report.ok() ? report.value().reason : "";
    };
    EXPECT_EQ(reason_of(kPadded, 8), "each run brings a whole window");
    EXPECT_EQ(reason_of("input a: s8[1,4]\ninput b: s8[1,4]\n"
                        "y: s8[1,4] = minimum(a, b)\noutput y\n",
                        1),
              "the model has 2 inputs; one stream of frames is known");
    EXPECT_EQ(reason_of("input x: s8[1,2]\nstate s: s8[1,2] = zeros\ny: s8[1,2] = read_state(s)\n"
                        "s = assign(x)\noutput y\n",
                        1),
              "the model keeps 's' from run to run: it streams already, in its own way");
}

}  // namespace
}  // namespace verge::compiler::test
