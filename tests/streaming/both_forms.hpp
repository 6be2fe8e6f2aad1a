#pragma once
// One model in window form and streamed, run side by side over one stream of frames.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "compiler/compile.hpp"
#include "graph/graph.hpp"

namespace verge::test {

struct Comparison {
    std::string difference;  // empty: every output of every run has the same bits
    compiler::Compiled window;
    compiler::Compiled streamed;
};

/// Where the streamed form runs.
enum class Form { tiny, fast1, fast2, fast3 };

/// Gives `stream` (whole frames of the model's input, bytes) to both forms, a hop at a time. The
/// window form sees zeros before the stream, and runs on the tiny runtime with reference kernels.
/// Of a cold start, runs whose window is not full are not looked at.
Outcome<Comparison> compare_forms(const graph::Graph& graph,
                                  std::span<const std::byte> stream,
                                  const compiler::StreamOptions& how,
                                  std::span<const Form> forms);

}  // namespace verge::test
