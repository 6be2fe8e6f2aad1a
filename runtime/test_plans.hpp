#pragma once
// For the tests of both runtimes: small plans that need no weights.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <vector>

#include "operators/assign/op.hpp"
#include "operators/op_id.hpp"
#include "operators/read_state/op.hpp"
#include "plan/draft.hpp"

namespace verge::test {

inline constexpr std::uint32_t kBytes = 48;  // of each tensor of these plans
inline constexpr std::byte kFirstState{7};

/// A tensor of kBytes, s16, at `offset` of a region.
inline std::uint16_t add_row(plan::Draft& draft, std::uint8_t region, std::uint32_t offset) {
    const std::uint32_t dims[] = {kBytes / 2};
    plan::Tensor tensor = plan::dense_tensor(plan::Type::s16, dims);
    tensor.region = region;
    tensor.offset = offset;
    return draft.add_tensor(tensor);
}

/// Step: y = x (any layout of memory); `op` is assign or read_state, which both copy.
inline void add_copy(plan::Draft& draft, OpId op, std::uint16_t x, std::uint16_t y) {
    const Assign attributes{};
    draft.add_step({.op = static_cast<std::uint16_t>(op),
                    .inputs = {x},
                    .outputs = {y},
                    .attributes = std::as_bytes(std::span(&attributes, 1)),
                    .name = "copy"});
}

/// y = what x was in the run before; at first kFirstState in the first half, then zeros.
inline plan::Draft remembering_plan() {
    plan::Draft draft;
    draft.memory = {.state_bytes = kBytes, .arena_bytes = {2 * kBytes}, .alignment = 16};
    draft.initial_state.assign(kBytes / 2, kFirstState);
    const auto x = add_row(draft, plan::region::arena, 0);
    const auto y = add_row(draft, plan::region::arena, kBytes);
    const auto state = add_row(draft, plan::region::state, 0);
    add_copy(draft, OpId::read_state, state, y);
    add_copy(draft, OpId::assign, x, state);
    draft.add_port(x, false, "x");
    draft.add_port(y, true, "y");
    return draft;
}

/// y = x, where x lies in arena 0 and y at the start of `region`.
inline plan::Draft copying_plan(std::uint8_t region) {
    plan::Draft draft;
    draft.memory = {.state_bytes = 0, .arena_bytes = {kBytes, kBytes}, .alignment = 16};
    const auto x = add_row(draft, plan::region::arena, 0);
    const auto y = add_row(draft, region, 0);
    add_copy(draft, OpId::assign, x, y);
    draft.add_port(x, false, "x");
    draft.add_port(y, true, "y");
    return draft;
}

/// y = x, both in buffers of the caller.
inline plan::Draft slots_plan() {
    plan::Draft draft;
    const auto x = add_row(draft, plan::region::slot, 0);
    const auto y = add_row(draft, plan::region::slot + 1, 0);
    add_copy(draft, OpId::assign, x, y);
    draft.add_port(x, false, "x");
    draft.add_port(y, true, "y");
    return draft;
}

}  // namespace verge::test
