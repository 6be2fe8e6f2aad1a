// For any bytes, open, create and run end, and touch only plan, arena, state and the caller's
// buffers: tried on the small plans, changed in many ways. Sanitizers see what a crash does not;
// the fuzz targets look further.

#include <algorithm>
#include <cstring>
#include <set>

#include <gtest/gtest.h>

#include "operators/rule.hpp"
#include "plan/draft.hpp"
#include "runtime/exact_buffer.hpp"
#include "tests/fuzz/mutate_plan.hpp"
#include "tests/fuzz/plans.hpp"
#include "tests/fuzz/run_plan.hpp"

namespace verge::fuzz {
namespace {

const std::vector<NamedPlan>& plans() {
    static const auto kPlans = small_plans();
    static const std::vector<NamedPlan> kNone;
    EXPECT_TRUE(kPlans.ok()) << (kPlans.ok() ? "" : kPlans.error().message());
    return kPlans.ok() ? kPlans.value() : kNone;
}

plan::Draft draft_of(const NamedPlan& plan) {
    const test::ExactBuffer placed(plan.file);
    return plan::to_draft(plan::View::open(placed.bytes()).value());
}

TEST(HostilePlans, AreMadeOfEveryOperator) {
    std::set<std::uint16_t> found;
    for (const NamedPlan& plan : plans()) {
        for (const plan::Step& step : draft_of(plan).steps) {
            found.insert(step.op);
        }
        run_plan(plan.file);
    }
    for (const Row& row : all_operators()) {
        EXPECT_TRUE(found.contains(static_cast<std::uint16_t>(row.id))) << row.name;
    }
}

TEST(HostilePlans, RunWithoutHarmWhateverOperandIsAbsent) {
    for (const NamedPlan& plan : plans()) {
        const plan::Draft draft = draft_of(plan);
        for (std::size_t operand = 0; operand < draft.operands.size(); ++operand) {
            plan::Draft changed = draft;
            changed.operands[operand] = plan::kAbsent;
            run_plan(changed.bytes());
        }
    }
}

TEST(HostilePlans, RunWithoutHarmWhateverNumberOfOperandsAStepHas) {
    for (const NamedPlan& plan : plans()) {
        const plan::Draft draft = draft_of(plan);
        for (std::size_t step = 0; step < draft.steps.size(); ++step) {
            for (std::uint8_t inputs = 0; inputs <= draft.steps[step].input_count; ++inputs) {
                for (std::uint8_t outputs = 0; outputs <= draft.steps[step].output_count;
                     ++outputs) {
                    plan::Draft changed = draft;
                    changed.steps[step].input_count = inputs;
                    changed.steps[step].output_count = outputs;
                    run_plan(changed.bytes());
                }
            }
        }
    }
}

TEST(HostilePlans, RunWithoutHarmWhenAllTensorsOverlap) {
    for (const NamedPlan& plan : plans()) {
        for (const std::uint32_t apart : {0U, 8U}) {
            plan::Draft changed = draft_of(plan);
            std::uint32_t index = 0;
            for (plan::Tensor& tensor : changed.tensors) {
                tensor.offset =
                    tensor.region == plan::region::arena ? apart * index++ : tensor.offset;
            }
            changed.memory.arena_bytes[0] += apart * index;
            run_plan(changed.bytes());
        }
    }
}

TEST(HostilePlans, RunWithoutHarmWhenStepsShareOperandsOrNoStepReadsThem) {
    for (const NamedPlan& plan : plans()) {
        plan::Draft changed = draft_of(plan);
        changed.steps.insert(changed.steps.end(), changed.steps.begin(), changed.steps.end());
        changed.step_names.clear();
        changed.operands.push_back(plan::kAbsent - 1);
        run_plan(changed.bytes());
    }
}

TEST(HostilePlans, RunWithoutHarmWithManyFieldsChanged) {
    for (const NamedPlan& plan : plans()) {
        std::vector<std::byte> changed = plan.file;
        for (std::uint32_t seed = 1; seed <= 30; ++seed) {
            changed = seed % 3 == 1 ? plan.file : changed;
            EXPECT_TRUE(mutate_plan(changed, seed * 7919) || seed % 3 != 1);
            run_plan(changed);
        }
    }
}

}  // namespace
}  // namespace verge::fuzz
