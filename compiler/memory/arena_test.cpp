#include "compiler/memory/arena.hpp"

#include <array>

#include <gtest/gtest.h>

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
    const ArenaReport report = place_arena(draft, target("cortex-m4"), {"x", "y"});
    EXPECT_LT(report.bytes, 256U + 64U);
    EXPECT_EQ(draft.steps[0].flags, plan::step_flag::ordered);
}

TEST(Arena, WhereThreadsShareAStepAWindowStaysClearOfItsInput) {
    plan::Draft draft = strided_pool();
    const ArenaReport report = place_arena(draft, target("x86-baseline"), {"x", "y"});
    EXPECT_EQ(report.bytes, 256U + 64U);
    EXPECT_EQ(draft.steps[0].flags, 0);
}

TEST(Arena, NamesWhatIsAliveAtThePeak) {
    plan::Draft draft = strided_pool();
    const ArenaReport report = place_arena(draft, target("x86-baseline"), {"x", "y"});
    ASSERT_EQ(report.peak.size(), 2U);
    EXPECT_EQ(report.peak[0].tensor, "x");
    EXPECT_EQ(report.peak[0].bytes, 256U);
    EXPECT_EQ(report.peak[1].step, "max_pool2d 'pool'");
}

}  // namespace
}  // namespace verge::compiler
