#pragma once
// From a parsed model file to the graph: every tensor becomes a value, every operator is handed to
// its importer, and what is missing is reported all at once.

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/outcome.hpp"
#include "formats/tflite/model.hpp"
#include "graph/graph.hpp"

namespace verge::compiler {

/// Subgraph 0 of a .tflite model. Constants are viewed, not copied: `owner` keeps the file's bytes
/// alive (nullptr: the caller does, longer than the graph and its copies).
/// The Error of Code::unsupported names every operator that has no importer or that an importer
/// cannot take, with its position, version and types.
Outcome<graph::Graph> import_tflite(const tflite::Model& model,
                                    const std::shared_ptr<const void>& owner);

/// Why an operator cannot be imported: what `verge inspect` shows beside it.
struct Unsupported {
    std::size_t index;  // of the operator in the file
    std::string reason;
};

/// The operators that stand in the way, in order; empty when import_tflite() would succeed.
std::vector<Unsupported> find_unsupported(const tflite::Model& model);

/// What an import finds in a model, also in one that cannot be run.
struct Survey {
    graph::Graph graph;  // what could be imported; sound only when nothing is missing or bad
    std::vector<std::size_t> operator_of_node;  // by node of the graph: its operator in the file
    std::vector<Unsupported> missing;
    std::vector<Unsupported> bad;  // operators that contradict themselves, in order
};

/// Imports as far as it goes. Ownership as in import_tflite().
Survey survey_tflite(const tflite::Model& model, const std::shared_ptr<const void>& owner);

}  // namespace verge::compiler
