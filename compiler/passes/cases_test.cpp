// Runs every .cases file of this folder: what a pass makes of a graph, as text; and that the graph
// computes the same before and after, with reference kernels.

#include <gtest/gtest.h>

#include "compiler/passes/case_support.hpp"
#include "compiler/passes/standard.hpp"
#include "compiler/passes/verify_rules.hpp"
#include "graph/rewrite.hpp"
#include "graph/text.hpp"

namespace verge::compiler::test {
namespace {

struct Named {
    Pass pass;
    Case item;
};

void PrintTo(const Named& named, std::ostream* out) {
    *out << named.pass.name << ": " << named.item.title;
}

std::vector<Named> all_cases() {
    std::vector<Named> cases;
    for (const Pass& pass : standard_passes()) {
        const std::string path =
            std::string(VERGE_SOURCE_DIR) + "/compiler/passes/" + std::string(pass.name) + ".cases";
        for (Case& item : split_cases(read_file(path))) {
            cases.push_back({pass, std::move(item)});
        }
    }
    return cases;
}

/// Without values that nobody names (removing those is the business of remove_dead_code), and with
/// the constants in the order of their lines: which ids they have is nobody's business.
std::string print(graph::Graph graph) {
    graph::drop_unused_values(graph);
    std::istringstream text(graph::print(graph, operator_texts(), graph::ConstantText::full));
    std::vector<std::string> constants;
    std::string rest;
    for (std::string line; std::getline(text, line);) {
        if (line.starts_with("const ")) {
            constants.push_back(line);
        } else {
            rest += line + "\n";
        }
    }
    std::ranges::sort(constants);
    for (const std::string& line : constants) {
        rest += line + "\n";
    }
    return rest;
}

class EveryCase : public testing::TestWithParam<Named> {};

void expect_same_results(const graph::Graph& before, const graph::Graph& after) {
    const auto wanted = run_graph(before, 1, 3);
    const auto found = run_graph(after, 1, 3);
    ASSERT_TRUE(wanted.ok()) << wanted.error().message();
    ASSERT_TRUE(found.ok()) << found.error().message();
    ASSERT_EQ(wanted.value().size(), found.value().size());
    for (std::size_t i = 0; i < wanted.value().size(); ++i) {
        const graph::Value& value = before[before.outputs[i % before.outputs.size()]];
        EXPECT_EQ(difference(value, wanted.value()[i], found.value()[i]), "") << value.name;
    }
}

TEST_P(EveryCase, BecomesWhatIsWrittenAndComputesTheSame) {
    const Named& named = GetParam();
    SCOPED_TRACE(named.item.title);
    const graph::Graph before = read_graph(named.item.before);
    graph::Graph graph = before;
    const bool has_changed = named.pass.run(graph);
    const bool is_same = named.item.after.starts_with("same\n");
    EXPECT_EQ(has_changed, !is_same);
    EXPECT_EQ(print(graph), print(read_graph(is_same ? named.item.before : named.item.after)));
    const Done verified = verify_rules(graph);
    ASSERT_TRUE(verified.ok()) << verified.error().message();
    expect_same_results(before, graph);
    EXPECT_FALSE(named.pass.run(graph)) << "a second run changed the graph again:\n"
                                        << print(graph);
}

std::string test_name(const testing::TestParamInfo<Named>& info) {
    std::string name = std::string(info.param.pass.name) + "_";
    for (const char c : info.param.item.title) {
        name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    }
    return name;
}

INSTANTIATE_TEST_SUITE_P(Passes, EveryCase, testing::ValuesIn(all_cases()), test_name);

TEST(Cases, ExistForEveryPass) {
    for (const Pass& pass : standard_passes()) {
        const auto cases = all_cases();
        const auto is_of_pass = [&](const Named& named) { return named.pass.name == pass.name; };
        EXPECT_GE(std::ranges::count_if(cases, is_of_pass), 2) << pass.name;
    }
}

}  // namespace
}  // namespace verge::compiler::test
