#include "tests/fuzz/compile_model.hpp"

#include <cstdint>
#include <utility>
#include <vector>

#include "compiler/compile.hpp"
#include "compiler/import.hpp"
#include "formats/tflite/read.hpp"
#include "runtime/exact_buffer.hpp"
#include "tests/fuzz/run_plan.hpp"

namespace verge::fuzz {
namespace {

constexpr double kMostElements = static_cast<double>(kMostBytes) / 128;

bool is_small(const tflite::Model& model) {
    double elements = 0;
    for (const tflite::Subgraph& subgraph : model.subgraphs) {
        for (const tflite::Tensor& tensor : subgraph.tensors) {
            double count = 1;
            for (const std::int64_t dim : tensor.shape) {
                count *= static_cast<double>(dim);
            }
            elements += count;
        }
    }
    return elements <= kMostElements;
}

Outcome<std::vector<std::byte>> compile(const tflite::Model& model,
                                        const char* target,
                                        std::int64_t frames) {
    VERGE_ASSIGN(const compiler::Target found, compiler::find_target(target));
    VERGE_ASSIGN(graph::Graph graph, compiler::import_tflite(model, nullptr));
    VERGE_ASSIGN(
        compiler::Compiled compiled,
        compiler::compile(std::move(graph), {.target = found, .stream = {.frames = frames}}));
    return std::move(compiled.plan);
}

/// In window form, or given so many frames a run.
bool try_target(const tflite::Model& model, const char* target, std::int64_t frames = 0) {
    const auto plan = compile(model, target, frames);
    if (!plan.ok()) {
        return !plan.error().message().empty();
    }
    run_plan(plan.value());
    const test::ExactBuffer placed(plan.value());
    return plan::View::open(placed.bytes()).ok();
}

}  // namespace

bool compile_and_run(std::span<const std::byte> file) {
    const auto model = tflite::read(file);
    if (!model.ok()) {
        return !model.error().message().empty();
    }
    return !is_small(model.value()) ||
           (try_target(model.value(), "portable") && try_target(model.value(), "x86-avx2") &&
            try_target(model.value(), "portable", 1));
}

}  // namespace verge::fuzz
