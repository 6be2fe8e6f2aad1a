// Fuzzing the whole road: for any bytes, read, import and compile end, and what they make of a
// model opens and runs. ./fuzz_compile CORPUS; fuzz_compile_seeds makes the first corpus.

#include <cstdint>
#include <cstdlib>

#include "compiler/compile.hpp"
#include "compiler/import.hpp"
#include "formats/tflite/read.hpp"
#include "runtime/fast/aligned.hpp"
#include "tests/fuzz/run_plan.hpp"

namespace {

using namespace verge;

/// A model whose tensors are large asks for memory by right; that is not what is looked for.
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
    return elements * 8 <= static_cast<double>(fuzz::kMostBytes) / 16;
}

Outcome<std::vector<std::byte>> compile(const tflite::Model& model, const char* target) {
    VERGE_ASSIGN(const compiler::Target found, compiler::find_target(target));
    VERGE_ASSIGN(graph::Graph graph, compiler::import_tflite(model, nullptr));
    VERGE_ASSIGN(compiler::Compiled compiled,
                 compiler::compile(std::move(graph), {.target = found}));
    return std::move(compiled.plan);
}

void try_target(const tflite::Model& model, const char* target) {
    const auto plan = compile(model, target);
    if (!plan.ok()) {
        return plan.error().message().empty() ? std::abort() : void();
    }
    const fast::AlignedBytes placed(plan.value());
    if (!plan::View::open(placed.bytes()).ok()) {
        std::abort();  // what the compiler writes, the runtime opens
    }
    fuzz::run_plan(plan.value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto model = tflite::read(std::as_bytes(std::span(data, size)));
    if (model.ok() && is_small(model.value())) {
        try_target(model.value(), "portable");
        try_target(model.value(), "x86-avx2");
    }
    return 0;
}
