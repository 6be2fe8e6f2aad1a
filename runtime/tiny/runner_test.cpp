// The microcontroller's runtime: memory that is short, misaligned or the caller's; states; copies.

#include "runtime/tiny/runner.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "operators/all_kernels.hpp"
#include "plan/draft.hpp"
#include "runtime/exact_buffer.hpp"
#include "runtime/test_plans.hpp"

namespace verge::tiny {
namespace {

using test::ExactBuffer;
using test::kBytes;

/// A plan in memory, and memory to run it.
class Bench {
public:
    explicit Bench(const plan::Draft& draft)
        : file_(draft.bytes()), view_(plan::View::open(file_.bytes()).value()) {
        main_ = ExactBuffer(workspace_bytes(view_));
        for (std::size_t i = 0; i < more_.size(); ++i) {
            more_[i] = ExactBuffer(view_.memory().arena_bytes[i + 1]);
        }
    }

    [[nodiscard]] Workspace workspace() {
        return {main_.bytes(), {more_[0].bytes(), more_[1].bytes(), more_[2].bytes()}};
    }

    [[nodiscard]] Result<Runner> create(std::span<const std::span<std::byte>> slots = {}) {
        return Runner::create(view_, workspace(), {all_kernels()}, slots);
    }

    [[nodiscard]] Fault fault(const Workspace& workspace) const {
        return Runner::create(view_, workspace, {all_kernels()}).fault();
    }

    [[nodiscard]] const plan::View& view() const { return view_; }

private:
    ExactBuffer file_;
    plan::View view_;
    ExactBuffer main_;
    std::array<ExactBuffer, plan::kMaxArenas - 1> more_;
};

TEST(TinyRunner, RemembersAndForgets) {
    Bench bench(test::remembering_plan());
    Result<Runner> created = bench.create();
    ASSERT_TRUE(created.ok());
    Runner runner = created.value();
    std::ranges::fill(runner.port(0), std::byte{9});
    runner.run();
    EXPECT_EQ(runner.port(1)[3], test::kFirstState);
    runner.run();
    EXPECT_EQ(runner.port(1)[3], std::byte{9});
    runner.reset();
    runner.run();
    EXPECT_EQ(runner.port(1)[3], test::kFirstState);
    EXPECT_EQ(runner.port(1)[kBytes - 1], std::byte{0}) << "the initial state is shorter";
}

TEST(TinyRunner, RefusesMainMemoryThatLacksAByteOrIsNotAligned) {
    Bench bench(test::remembering_plan());
    const std::uint32_t needed = workspace_bytes(bench.view());
    Workspace workspace = bench.workspace();
    workspace.main = workspace.main.first(needed - 1);
    EXPECT_EQ(bench.fault(workspace).status, Status::arena_small);
    EXPECT_EQ(bench.fault(workspace).at, needed);
    const ExactBuffer shifted(needed + 8);
    workspace.main = shifted.bytes().subspan(8);
    EXPECT_EQ(bench.fault(workspace).status, Status::misaligned);
}

TEST(TinyRunner, RunsInTwoArenasAndRefusesASecondOneThatIsShortOrNotAligned) {
    Bench bench(test::copying_plan(plan::region::arena + 1));
    Runner runner = bench.create().value();
    std::ranges::fill(runner.port(0), std::byte{5});
    runner.run();
    EXPECT_EQ(runner.port(1)[0], std::byte{5});
    Workspace workspace = bench.workspace();
    EXPECT_EQ(runner.port(1).data(), workspace.more[0].data());
    workspace.more[0] = workspace.more[0].first(kBytes - 1);
    EXPECT_EQ(bench.fault(workspace).status, Status::arena_small);
    EXPECT_EQ(bench.fault(workspace).at, kBytes);
    const ExactBuffer shifted(kBytes + 4);
    workspace.more[0] = shifted.bytes().subspan(4);
    EXPECT_EQ(bench.fault(workspace).status, Status::misaligned);
}

TEST(TinyRunner, RunsInTheCallersBuffersAndRefusesOnesThatAreAbsentShortOrNotAligned) {
    Bench bench(test::slots_plan());
    const ExactBuffer x(kBytes);
    const ExactBuffer y(kBytes + 1);
    std::ranges::fill(x.bytes(), std::byte{3});
    std::array slots = {x.bytes(), y.bytes()};
    Runner runner = bench.create(slots).value();
    runner.run();
    EXPECT_EQ(y.bytes()[kBytes - 1], std::byte{3});
    EXPECT_EQ(runner.port(0).data(), x.bytes().data());
    EXPECT_EQ(bench.create({}).fault().status, Status::slot_unbound);
    slots[1] = y.bytes().first(kBytes - 1);
    EXPECT_EQ(bench.create(slots).fault().status, Status::slot_unbound);
    EXPECT_EQ(bench.create(slots).fault().at, 1U);
    slots[1] = y.bytes().subspan(1);
    EXPECT_EQ(bench.create(slots).fault().status, Status::misaligned);
    EXPECT_EQ(bench.create(slots).fault().at, 1U);
}

TEST(TinyRunner, ACopySharesTheMemory) {
    Bench bench(test::remembering_plan());
    Runner first = bench.create().value();
    Runner second = first;
    std::ranges::fill(first.port(0), std::byte{4});
    first.run();
    second.run();
    EXPECT_EQ(first.port(1)[0], std::byte{4}) << "the copy read what the first one kept";
    EXPECT_EQ(first.port(1).data(), second.port(1).data());
}

TEST(TinyRunner, NamesTheStepThatNoKernelRuns) {
    Bench bench(test::remembering_plan());
    std::vector<KernelEntry> kernels;
    std::ranges::copy_if(all_kernels(), std::back_inserter(kernels),
                         [](const KernelEntry& entry) { return entry.op == OpId::read_state; });
    const Fault fault = Runner::create(bench.view(), bench.workspace(), {kernels}).fault();
    EXPECT_EQ(fault.status, Status::kernel_missing);
    EXPECT_EQ(fault.at, 1U);
}

TEST(TinyRunner, RefusesMemoryOf32BitsWhereAnUncheckedViewNeedsMore) {
    if constexpr (sizeof(std::size_t) > 4) {
        plan::Draft draft;
        draft.memory = {.state_bytes = 4096, .arena_bytes = {0xffffffffU}, .alignment = 16};
        const plan::View view = draft.view();
        EXPECT_EQ(workspace_bytes(view), 0xffffffffU);
        const ExactBuffer one(
            64);  // claimed to be 4 GiB: nothing may be touched before the refusal
        const Workspace workspace{.main = {one.bytes().data(), 0xffffffffU}};
        EXPECT_EQ(Runner::create(view, workspace, {all_kernels()}).fault().status,
                  Status::arena_small);
    }
}

}  // namespace
}  // namespace verge::tiny
