#include "compiler/memory/arena.hpp"

#include <array>

#include <gtest/gtest.h>

#include "compiler/memory/covered_bytes.hpp"
#include "operators/max_pool2d/op.hpp"
#include "operators/op_id.hpp"
#include "operators/rule.hpp"

namespace verge::compiler {
namespace {

std::uint16_t add_storage(plan::Draft& draft, std::uint32_t id, std::array<std::uint32_t, 4> dims) {
    plan::Tensor tensor = plan::dense_tensor(plan::Type::s8, dims);
    tensor.offset = id;
    return draft.add_tensor(tensor);
}

/// A 2x2 pool of stride 2: its output may start where its input does, but only in order.
plan::Draft strided_pool() {
    plan::Draft draft;
    const std::uint16_t x = add_storage(draft, 0, {1, 8, 8, 4});
    const std::uint16_t y = add_storage(draft, 1, {1, 4, 4, 4});
    Pool2D pool{};
    pool.stride_h = pool.stride_w = pool.kernel_h = pool.kernel_w = 2;
    pool.clamp_min = -128;
    pool.clamp_max = 127;
    draft.add_step({.op = static_cast<std::uint16_t>(OpId::max_pool2d),
                    .inputs = {x},
                    .outputs = {y},
                    .attributes = std::as_bytes(std::span(&pool, 1)),
                    .name = "pool"});
    draft.add_port(x, false, "x");
    draft.add_port(y, true, "y");
    return draft;
}

Target target(const char* name) {
    return find_target(name).value();
}

TEST(Arena, AStridedWindowOverItsInputRunsInOrder) {
    plan::Draft draft = strided_pool();
    const ArenaReport report = place_arena(draft, target("cortex-m4"), {"x", "y"}).value();
    EXPECT_LT(report.bytes, 256U + 64U);
    EXPECT_EQ(draft.steps[0].flags, plan::step_flag::ordered);
}

TEST(Arena, WhereThreadsShareAStepAWindowStaysClearOfItsInput) {
    plan::Draft draft = strided_pool();
    const ArenaReport report = place_arena(draft, target("x86-baseline"), {"x", "y"}).value();
    EXPECT_EQ(report.bytes, 256U + 64U);
    EXPECT_EQ(draft.steps[0].flags, 0);
}

TEST(Arena, NamesWhatIsAliveAtThePeak) {
    plan::Draft draft = strided_pool();
    const ArenaReport report = place_arena(draft, target("x86-baseline"), {"x", "y"}).value();
    ASSERT_EQ(report.peak.size(), 2U);
    EXPECT_EQ(report.peak[0].tensor, "x");
    EXPECT_EQ(report.peak[0].bytes, 256U);
    EXPECT_EQ(report.peak[1].step, "max_pool2d 'pool'");
}

TEST(Arena, RefusesWhatAnOffsetCannotSay) {
    plan::Draft draft;
    for (std::uint32_t i = 0; i < 4; ++i) {
        draft.add_port(add_storage(draft, i, {1, 1, 1, 0x7fffffff}), i > 0, "");
    }
    const auto report = place_arena(draft, target("x86-baseline"), {"a", "b", "c", "d"});
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().wanted, "at most 4294967295 bytes");
    EXPECT_NE(report.error().what.find("arena of 8589934"), std::string::npos)
        << report.error().what;
}

/// x(64) -> pool -> y(16) -> pool, with a small result: the first step needs the most.
TEST(Arena, ThePeakIsTheStepWithTheMostBytesAliveNotTheOneAtTheHighestAddress) {
    plan::Draft draft = strided_pool();
    const std::uint16_t wide = add_storage(draft, 2, {1, 2, 2, 4});
    Pool2D pool{};
    pool.stride_h = pool.stride_w = pool.kernel_h = pool.kernel_w = 2;
    pool.clamp_min = -128;
    pool.clamp_max = 127;
    draft.add_step({.op = static_cast<std::uint16_t>(OpId::max_pool2d),
                    .inputs = {1},
                    .outputs = {wide},
                    .attributes = std::as_bytes(std::span(&pool, 1)),
                    .name = "narrow"});
    const ArenaReport report = place_arena(draft, target("x86-baseline"), {"x", "y", "z"}).value();
    ASSERT_EQ(report.live_bytes.size(), 2U);
    EXPECT_EQ(report.live_bytes[0], 256U + 64U);
    EXPECT_EQ(report.live_bytes[1], 64U + 16U) << "bytes, not the address of the highest";
    EXPECT_EQ(report.peak_step, 0U);
    EXPECT_EQ(report.peak[0].bytes + report.peak[1].bytes, report.live_bytes[0]);
}

TEST(Arena, CountsBytesOfAnOutputOverItsInputOnce) {
    plan::Draft draft = strided_pool();
    const ArenaReport report = place_arena(draft, target("cortex-m4"), {"x", "y"}).value();
    EXPECT_EQ(report.live_bytes[0], report.bytes);
    EXPECT_GT(report.peak[0].bytes + report.peak[1].bytes, report.live_bytes[0]);
}

TEST(CoveredBytes, CountsEachAddressOnce) {
    EXPECT_EQ(covered_bytes({}), 0U);
    EXPECT_EQ(covered_bytes({{32, 36}, {0, 16}}), 20U);
    EXPECT_EQ(covered_bytes({{0, 16}, {8, 24}, {4, 6}, {24, 30}}), 30U);
}

}  // namespace
}  // namespace verge::compiler
