// Writes plans of the small models into a folder, for three targets each, and the plan with a foreign step, as
// the first corpus: fuzz_plan_seeds FOLDER. Ends with 1, and says so, when one does not compile or an operator
// is in none of the plans.

#include <cstdio>
#include <set>

#include "compiler/compile.hpp"
#include "operators/rule.hpp"
#include "runtime/fast/aligned.hpp"
#include "tests/fake_accelerator/plan.hpp"
#include "tests/fuzz/models.hpp"
#include "tests/fuzz/write_seed.hpp"

namespace {

using namespace verge;

class Seeds {
public:
    explicit Seeds(const char* folder) : folder_(folder) {}

    void add(const fuzz::NamedModel& model, const char* target) {
        const auto plan = compile(model, target);
        if (plan.ok()) {
            write(model.name + "_" + target, plan.value());
        } else {
            std::fprintf(stderr, "%s: %s\n", model.name.c_str(), plan.error().message().c_str());
            is_whole_ = false;
        }
    }

    void write(const std::string& name, const std::vector<std::byte>& plan) {
        fuzz::write_seed(folder_, name + ".vrg", plan);
        const fast::AlignedBytes placed(plan);
        const auto opened = plan::View::open(placed.bytes());
        for (const plan::Step& step : opened.value().steps()) {
            found_.insert(step.op);
        }
    }

    /// Names what is missing.
    [[nodiscard]] bool is_whole() const {
        bool result = is_whole_;
        for (const Row& row : all_operators()) {
            if (!found_.contains(static_cast<std::uint16_t>(row.id))) {
                std::fprintf(stderr, "no plan has %s\n", std::string(row.name).c_str());
                result = false;
            }
        }
        return result;
    }

private:
    static Outcome<std::vector<std::byte>> compile(const fuzz::NamedModel& model, const char* target) {
        VERGE_ASSIGN(const compiler::Target found, compiler::find_target(target));
        VERGE_ASSIGN(graph::Graph graph, compiler::import_model(model.file, nullptr));
        VERGE_ASSIGN(compiler::Compiled compiled, compiler::compile(std::move(graph), {.target = found}));
        return std::move(compiled.plan);
    }

    const char* folder_;
    std::set<std::uint16_t> found_;
    bool is_whole_ = true;
};

/// One step that the compiler would do without: a copy, or a shape that it knows.
std::vector<std::byte> one_step(OpId op, plan::Type type, std::initializer_list<std::uint32_t> out) {
    const std::vector<std::uint32_t> dims = {2, 3, 4};
    const std::int32_t attributes = 0;
    plan::Draft draft;
    draft.memory.arena_bytes[0] = 256;
    const auto x = draft.add_tensor(plan::dense_tensor(plan::Type::s32, dims));
    plan::Tensor result = plan::dense_tensor(type, out);
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

int main(int count, char** words) {
    if (count != 2) {
        std::fprintf(stderr, "usage: fuzz_plan_seeds FOLDER (which must exist)\n");
        return 2;
    }
    Seeds seeds(words[1]);
    for (const auto& model : fuzz::small_models()) {
        for (const char* target : {"portable", "x86-avx2", "cortex-m4"}) {
            seeds.add(model, target);
        }
    }
    seeds.write("reshape", one_step(OpId::reshape, plan::Type::s32, {6, 4}));
    seeds.write("shape", one_step(OpId::shape, plan::Type::s64, {3}));
    seeds.write("foreign", fake::draft_with(fake::program()).bytes());
    return seeds.is_whole() ? 0 : 1;
}
