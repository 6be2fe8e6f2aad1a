#include "tests/fuzz/plans.hpp"

#include <cstdint>
#include <initializer_list>
#include <span>
#include <utility>

#include "compiler/compile.hpp"
#include "operators/op_id.hpp"
#include "plan/draft.hpp"
#include "tests/fake_accelerator/plan.hpp"
#include "tests/fuzz/models.hpp"

namespace verge::fuzz {
namespace {

Outcome<std::vector<std::byte>> compile(const NamedModel& model, const char* target) {
    VERGE_ASSIGN(const compiler::Target found, compiler::find_target(target));
    VERGE_ASSIGN(graph::Graph graph, compiler::import_model(model.file, nullptr));
    VERGE_ASSIGN(compiler::Compiled compiled,
                 compiler::compile(std::move(graph), {.target = found}));
    return std::move(compiled.plan);
}

/// Given one frame a run; nothing when the model is not one to be streamed.
Outcome<std::vector<std::byte>> compile_streamed(const NamedModel& model) {
    VERGE_ASSIGN(const compiler::Target found, compiler::find_target("portable"));
    VERGE_ASSIGN(graph::Graph graph, compiler::import_model(model.file, nullptr));
    VERGE_ASSIGN(compiler::Compiled compiled,
                 compiler::compile(std::move(graph), {.target = found, .stream = {.frames = 1}}));
    return compiled.stream.is_streamed ? std::move(compiled.plan) : std::vector<std::byte>{};
}

/// One step that the compiler would do without: a copy, or a shape that it knows.
std::vector<std::byte> one_step(OpId op,
                                plan::Type type,
                                std::initializer_list<std::uint32_t> out) {
    const std::vector<std::uint32_t> dims = {2, 3, 4};
    const std::int32_t attributes = 0;
    plan::Draft draft;
    draft.memory.arena_bytes[0] = 256;
    const auto x = draft.add_tensor(plan::dense_tensor(plan::Type::s32, dims));
    plan::Tensor result = plan::dense_tensor(type, std::vector(out));
    result.offset = 128;
    const auto y = draft.add_tensor(result);
    draft.add_step({.op = static_cast<std::uint16_t>(op),
                    .inputs = {x},
                    .outputs = {y},
                    .attributes = std::as_bytes(std::span(&attributes, 1)),
                    .name = "one"});
    draft.add_port(x, false, "x");
    draft.add_port(y, true, "y");
    return draft.bytes();
}

}  // namespace

Outcome<std::vector<NamedPlan>> small_plans() {
    std::vector<NamedPlan> plans;
    for (const NamedModel& model : small_models()) {
        for (const char* target : {"portable", "x86-avx2", "cortex-m4"}) {
            auto plan = compile(model, target);
            if (!plan.ok()) {
                return std::move(plan).error().within(model.name);
            }
            plans.push_back({model.name + "_" + target, std::move(plan).value()});
        }
        auto streamed = compile_streamed(model);
        if (!streamed.ok()) {
            return std::move(streamed).error().within(model.name + ", streamed");
        }
        if (!streamed.value().empty()) {
            plans.push_back({model.name + "_streamed", std::move(streamed).value()});
        }
    }
    plans.push_back({"reshape", one_step(OpId::reshape, plan::Type::s32, {6, 4})});
    plans.push_back({"shape", one_step(OpId::shape, plan::Type::s64, {3})});
    plans.push_back({"foreign", fake::draft_with(fake::program()).bytes()});
    return plans;
}

}  // namespace verge::fuzz
