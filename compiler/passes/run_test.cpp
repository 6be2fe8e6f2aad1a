#include "compiler/passes/run.hpp"

#include <gtest/gtest.h>

#include "compiler/passes/order_for_peak.hpp"
#include "compiler/passes/standard.hpp"
#include "compiler/passes/verify_rules.hpp"
#include "graph/text.hpp"
#include "operators/rule.hpp"

namespace verge::compiler {
namespace {

constexpr const char* kText =
    "input x: f32[4]\n"
    "y: f32[2,2] = reshape(x)\n"
    "output y\n";

graph::Graph read(std::string_view text) {
    auto graph = graph::parse(text, operator_texts());
    EXPECT_TRUE(graph.ok()) << (graph.ok() ? "" : graph.error().message());
    return graph.ok() ? std::move(graph).value() : graph::Graph();
}

bool change_nothing(graph::Graph&) {
    return false;
}

bool name_it(graph::Graph& graph) {
    graph.name = "changed";
    return true;
}

bool lose_the_input(graph::Graph& graph) {
    graph.inputs.clear();
    return true;
}

bool change_the_shape(graph::Graph& graph) {
    graph[graph.outputs[0]].dims = {3};
    return true;
}

/// x f32[2,2], and a node that reads it `inputs` times, the one at `absent` aside.
graph::Graph graph_with(OpId op, std::size_t inputs, std::size_t absent) {
    graph::Graph graph;
    const auto x = graph.add({"x", plan::Type::f32, {2, 2}, {}, {}, {}});
    const auto y = graph.add({"y", plan::Type::f32, {2, 2}, {}, {}, {}});
    graph::Node node{op, "node", std::vector(inputs, x), {y}, std::vector<std::byte>(256)};
    if (absent < inputs) {
        node.inputs[absent] = graph::kNoValue;
    }
    graph.nodes.push_back(node);
    graph.inputs = {x};
    graph.outputs = {y};
    return graph;
}

TEST(VerifyRules, AsksNoRuleOfANodeThatLacksOperands) {
    const auto message = [](std::size_t inputs, std::size_t absent) {
        return verify_rules(graph_with(OpId::add, inputs, absent)).error().message();
    };
    EXPECT_NE(message(1, 9).find("at least 2 inputs"), std::string::npos) << message(1, 9);
    EXPECT_NE(message(2, 1).find("input 1 is absent"), std::string::npos) << message(2, 1);
    graph::Graph without_output = graph_with(OpId::reshape, 1, 9);
    without_output.nodes[0].outputs.clear();
    without_output.outputs.clear();
    EXPECT_FALSE(verify_rules(without_output).ok());
}

TEST(VerifyRules, EndsForEveryOperatorWithAnyNumberOfOperands) {
    for (const Row& row : all_operators()) {
        for (std::size_t inputs = 0; inputs < 16; ++inputs) {
            for (std::size_t absent = 0; absent <= inputs; ++absent) {
                const auto verified = verify_rules(graph_with(row.id, inputs, absent));
                EXPECT_TRUE(verified.ok() || !verified.error().message().empty());
                EXPECT_FALSE(verified.ok() && inputs == 0 && row.id != OpId::foreign) << row.name;
            }
        }
    }
}

TEST(RunPasses, ReportsNameChangeAndTimeByTheClockThatItIsGiven) {
    graph::Graph graph = read(kText);
    std::int64_t now = 0;
    PassOptions options;
    options.now_ns = [&] { return now += 1500000; };
    const std::vector<Pass> passes = {{"nothing", change_nothing}, {"name", name_it}};
    const auto reports = run_passes(graph, passes, options);
    ASSERT_TRUE(reports.ok());
    ASSERT_EQ(reports.value().size(), 2U);
    EXPECT_EQ(reports.value()[0].name, "nothing");
    EXPECT_FALSE(reports.value()[0].has_changed);
    EXPECT_TRUE(reports.value()[1].has_changed);
    EXPECT_EQ(reports.value()[1].milliseconds, 1.5);
}

TEST(RunPasses, DumpsAfterPassesThatChangedSomething) {
    graph::Graph graph = read(kText);
    std::string dumped;
    PassOptions options;
    options.dump = [&](std::string_view pass, const graph::Graph& changed) {
        dumped += std::string(pass) + ":" + changed.name + ";";
    };
    const std::vector<Pass> passes = {{"nothing", change_nothing}, {"name", name_it}};
    ASSERT_TRUE(run_passes(graph, passes, options).ok());
    EXPECT_EQ(dumped, "name:changed;");
}

TEST(RunPasses, SkipsWhatIsDisabledAndRefusesNamesThatNoPassHas) {
    graph::Graph graph = read(kText);
    PassOptions options;
    options.disabled = {"name"};
    const std::vector<Pass> passes = {{"nothing", change_nothing}, {"name", name_it}};
    const auto reports = run_passes(graph, passes, options);
    ASSERT_TRUE(reports.ok());
    EXPECT_EQ(reports.value().size(), 1U);
    EXPECT_EQ(graph.name, "");
    options.disabled = {"nome"};
    const auto refused = run_passes(graph, passes, options);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().message(), "there is no pass 'nome'; wanted: one of nothing, name");
}

TEST(RunPasses, NamesThePassThatBrokeTheGraph) {
    graph::Graph graph = read(kText);
    const std::vector<Pass> lossy = {{"lossy", lose_the_input}};
    const auto refused = run_passes(graph, lossy, {});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().message(),
              "after pass lossy: node 0 '' (reshape): 'x' f32[4] is read before it is made");
}

TEST(RunPasses, AsksTheRuleOfEveryOperator) {
    graph::Graph graph = read(kText);
    const std::vector<Pass> wrong = {{"wrong", change_the_shape}};
    const auto refused = run_passes(graph, wrong, {});
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(
        refused.error().message().find("after pass wrong: node 0 '' (reshape): reshape of f32[4]"),
        std::string::npos)
        << refused.error().message();
}

TEST(StandardPasses, LeaveAGraphThatIsAlreadyGoodAlone) {
    graph::Graph graph = read(kText);
    const auto reports = run_passes(graph, standard_passes(), {});
    ASSERT_TRUE(reports.ok()) << reports.error().message();
    for (const PassReport& report : reports.value()) {
        EXPECT_FALSE(report.has_changed) << report.name;
    }
}

}  // namespace
}  // namespace verge::compiler
