#pragma once
// For tests of passes: the .cases files, and an interpreter of graphs with reference kernels.

#include <string>
#include <string_view>
#include <vector>

#include "base/outcome.hpp"
#include "compiler/passes/evaluate.hpp"
#include "graph/graph.hpp"

namespace verge::compiler::test {

struct Case {
    std::string title;
    std::string before;
    std::string after;  // "same": the pass changes nothing
};

/// "=== title", graph, "---", graph; what stands before the first title is a comment.
std::vector<Case> split_cases(std::string_view text);

/// What a file holds; nothing when there is none.
std::string read_file(const std::string& path);

/// A graph as a case writes it; fails the test, and gives an empty one, when it is not sound.
graph::Graph read_graph(std::string_view text);

/// The outputs of `runs` runs one after the other (states live on), on pseudo-random inputs.
Outcome<std::vector<Bytes>> run_graph(const graph::Graph& graph, std::uint32_t seed, int runs);

/// "" when two outputs are equal: bit by bit, floats to 1e-5 of the largest.
std::string difference(const graph::Value& value, const Bytes& a, const Bytes& b);

}  // namespace verge::compiler::test
