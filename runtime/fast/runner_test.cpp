// The Linux runtime: states, arenas, the caller's buffers, plans that ask for too much, and which
// steps threads may share.

#include "runtime/fast/runner.hpp"

#include <algorithm>
#include <array>
#include <atomic>

#include <gtest/gtest.h>

#include "operators/clamp/op.hpp"
#include "operators/transpose/op.hpp"
#include "platform/machine.hpp"
#include "runtime/exact_buffer.hpp"
#include "runtime/test_plans.hpp"

namespace verge::fast {
namespace {

using test::ExactBuffer;
using test::kBytes;

PlanFile file_of(const plan::Draft& draft) {
    auto file = PlanFile::from_bytes(draft.bytes(), {});
    EXPECT_TRUE(file.ok()) << (file.ok() ? "" : file.error().message());
    return std::move(file).value();
}

TEST(FastRunner, RemembersAndForgetsAndMoves) {
    Runner first = Runner::create(file_of(test::remembering_plan()), {}).value();
    std::ranges::fill(first.port(0), std::byte{9});
    first.run();
    EXPECT_EQ(first.port(1)[3], test::kFirstState);
    Runner runner = std::move(first);
    runner.run();
    EXPECT_EQ(runner.port(1)[3], std::byte{9});
    runner.reset();
    runner.run();
    EXPECT_EQ(runner.port(1)[3], test::kFirstState);
    EXPECT_EQ(runner.port(1)[kBytes - 1], std::byte{0}) << "the initial state is shorter";
}

TEST(FastRunner, RunnersOfOnePlanShareNoState) {
    const PlanFile file = file_of(test::remembering_plan());
    Runner first = Runner::create(file, {}).value();
    Runner second = Runner::create(file, {}).value();
    std::ranges::fill(first.port(0), std::byte{9});
    first.run();
    first.run();
    second.run();
    EXPECT_EQ(first.port(1)[0], std::byte{9});
    EXPECT_EQ(second.port(1)[0], test::kFirstState);
}

TEST(FastRunner, RunsInTwoArenas) {
    Runner runner =
        Runner::create(file_of(test::copying_plan(plan::region::arena + 1)), {}).value();
    std::ranges::fill(runner.port(0), std::byte{5});
    runner.run();
    EXPECT_EQ(runner.port(1)[0], std::byte{5});
    EXPECT_GE(runner.memory_bytes(), 2 * kBytes);
}

TEST(FastRunner, RunsInTheCallersBuffersAndRefusesOnesThatAreAbsentShortOrNotAligned) {
    const PlanFile file = file_of(test::slots_plan());
    const ExactBuffer x(kBytes);
    const ExactBuffer y(kBytes + 1);
    std::ranges::fill(x.bytes(), std::byte{3});
    std::array<std::span<std::byte>, 2> slots = {x.bytes(), y.bytes()};
    Runner::create(file, {.slots = slots}).value().run();
    EXPECT_EQ(y.bytes()[kBytes - 1], std::byte{3});
    EXPECT_FALSE(Runner::create(file, {}).ok());
    slots[1] = {static_cast<std::byte*>(nullptr), kBytes};
    EXPECT_FALSE(Runner::create(file, {.slots = slots}).ok());
    slots[1] = y.bytes().first(kBytes - 1);
    const auto shorter = Runner::create(file, {.slots = slots});
    ASSERT_FALSE(shorter.ok());
    EXPECT_NE(shorter.error().message().find("(at 1)"), std::string::npos)
        << shorter.error().message();
    slots[1] = y.bytes().subspan(1);
    EXPECT_FALSE(Runner::create(file, {.slots = slots}).ok());
}

/// Four arenas of nearly 4 GiB, and nobody there.
plan::Draft greedy_plan(std::uint32_t arena_bytes) {
    plan::Draft draft = test::remembering_plan();
    draft.memory.arena_bytes = {2 * kBytes, arena_bytes, arena_bytes, arena_bytes};
    return draft;
}

TEST(FastRunner, RefusesAPlanThatAsksForMoreThanTheLimitBeforeItTakesAnything) {
    const PlanFile file = file_of(greedy_plan(0xfffffff0U));
    const auto created = Runner::create(file, {.most_bytes = std::uint64_t{1} << 20U});
    ASSERT_FALSE(created.ok());
    EXPECT_EQ(created.error().what,
              "the plan asks for 12884901984 bytes of arena, state and scratch");
    EXPECT_EQ(created.error().wanted, "at most 1048576");
    EXPECT_FALSE(created.error().remedy.empty());
}

TEST(FastRunner, TakesMemoryOfTheMachineOnlyWhereARunWrites) {
    constexpr std::uint32_t kEach = 512U << 20U;
    const std::uint64_t before = platform::peak_rss_bytes();
    auto created = Runner::create(file_of(greedy_plan(kEach)), {.most_bytes = ~std::uint64_t{0}});
    ASSERT_TRUE(created.ok()) << created.error().message();
    created.value().run();
    EXPECT_GE(created.value().memory_bytes(), 3ULL * kEach);
    EXPECT_LT(platform::peak_rss_bytes() - before, std::uint64_t{kEach});
}

std::atomic<int> calls_of_kernel{0};

/// A kernel that counts its calls: more than one where threads may share the step.
KernelEntry counting_kernel(OpId op) {
    return {.op = op,
            .input = plan::Type::s8,
            .weight = plan::Type::any,
            .output = plan::Type::s8,
            .layout = 0,
            .needs = 0,
            .run = [](const Call&, Tiles) noexcept { ++calls_of_kernel; },
            .check = [](const Call&) { return kOk; },
            .tiles = [](const Call&) -> std::uint32_t { return 64; },
            .scratch = [](const Call&) -> std::uint32_t { return 0; }};
}

constexpr std::uint32_t kSide = 64;
constexpr std::uint32_t kElements = kSide * kSide;

/// One step from x at 0 to y at `offset` of arena 0.
plan::Draft one_step(OpId op, std::span<const std::byte> attributes, std::uint32_t offset) {
    plan::Draft draft;
    draft.memory.arena_bytes[0] = 3 * kElements;
    const std::uint32_t dims[] = {kSide, kSide};
    plan::Tensor tensor = plan::dense_tensor(plan::Type::s8, dims);
    const auto x = draft.add_tensor(tensor);
    tensor.offset = offset;
    const auto y = draft.add_tensor(tensor);
    draft.add_step({.op = static_cast<std::uint16_t>(op),
                    .inputs = {x},
                    .outputs = {y},
                    .attributes = attributes,
                    .name = "step"});
    draft.add_port(x, false, "x");
    draft.add_port(y, true, "y");
    return draft;
}

int calls_of(const plan::Draft& draft, std::span<const std::span<std::byte>> slots = {}) {
    const auto pool = platform::ThreadPool::create(2);
    const KernelEntry kernels[] = {counting_kernel(OpId::clamp), counting_kernel(OpId::transpose)};
    auto created = Runner::create(file_of(draft),
                                  {.pool = pool.value().get(), .kernels = kernels, .slots = slots});
    EXPECT_TRUE(created.ok()) << (created.ok() ? "" : created.error().message());
    calls_of_kernel = 0;
    if (created.ok()) {
        created.value().run();
    }
    return calls_of_kernel;
}

const Clamp kClamp{0, 0, 1 << 30, 1, -128, 127, 0, 0};
const Transpose kTranspose{{1, 0}};

TEST(FastRunner, ThreadsShareAStepWhoseOutputIsApartOrInPlaceAsItsRuleAllows) {
    const auto clamp = std::as_bytes(std::span(&kClamp, 1));
    const auto transpose = std::as_bytes(std::span(&kTranspose, 1));
    EXPECT_EQ(calls_of(one_step(OpId::clamp, clamp, kElements)), 8);
    EXPECT_EQ(calls_of(one_step(OpId::clamp, clamp, 0)), 8);
    EXPECT_EQ(calls_of(one_step(OpId::transpose, transpose, kElements)), 8);
}

TEST(FastRunner, OneThreadRunsAStepWhoseTilesWouldRace) {
    const auto clamp = std::as_bytes(std::span(&kClamp, 1));
    const auto transpose = std::as_bytes(std::span(&kTranspose, 1));
    EXPECT_EQ(calls_of(one_step(OpId::clamp, clamp, 16)), 1) << "elements move";
    EXPECT_EQ(calls_of(one_step(OpId::clamp, clamp, kElements - 1)), 1);
    EXPECT_EQ(calls_of(one_step(OpId::transpose, transpose, 0)), 1) << "no rule allows it";
    plan::Draft ordered = one_step(OpId::clamp, clamp, 0);
    ordered.steps[0].flags = plan::step_flag::ordered;
    EXPECT_EQ(calls_of(ordered), 1);
}

TEST(FastRunner, OneThreadRunsAStepBetweenBuffersOfTheCallerThatOverlap) {
    plan::Draft draft = one_step(OpId::clamp, std::as_bytes(std::span(&kClamp, 1)), 0);
    draft.tensors[0].region = plan::region::slot;
    draft.tensors[1].region = plan::region::slot + 1;
    const ExactBuffer memory(2 * kElements);
    const auto first = memory.bytes().first(kElements);
    for (const auto& [offset, calls] : {std::pair{0, 8}, std::pair{16, 1}, std::pair{4096, 8}}) {
        const std::array slots = {
            first, memory.bytes().subspan(static_cast<std::size_t>(offset), kElements)};
        EXPECT_EQ(calls_of(draft, slots), calls) << offset;
    }
}

}  // namespace
}  // namespace verge::fast
