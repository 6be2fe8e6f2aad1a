#pragma once
// For tests: a step whose output lies over its input, as the placement of memory may put it.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <vector>

#include "operators/rule.hpp"
#include "operators/test_support.hpp"

namespace verge::test {

/// What the rule of the step's operator says of input `index`.
[[nodiscard]] inline std::optional<std::int64_t> overlap_of(OneStep& step, std::size_t index = 0) {
    const plan::View view = step.draft().view();
    const Call call(view, view.steps()[0]);
    const Rule& rule = *row(static_cast<OpId>(call.step().op)).rule;
    return rule.overlap == nullptr ? std::nullopt : rule.overlap(call, index);
}

/// Runs a variant with output 0 `distance` bytes below input 0, tile after tile, and returns the
/// output. Precondition: input 0 is the only operand that is neither output, constant nor scratch.
[[nodiscard]] inline std::vector<std::byte> run_over_input(const OneStep::Variant& variant,
                                                           std::span<const std::byte> input,
                                                           std::int64_t distance) {
    plan::Draft draft = variant.draft;
    plan::Step& step = draft.steps[0];
    step.flags |= plan::step_flag::ordered;
    plan::Tensor& x = draft.tensors[draft.operands[0]];
    plan::Tensor& y = draft.tensors[draft.operands[step.input_count]];
    x.offset = static_cast<std::uint32_t>((distance + 63) / 64 * 64);
    y.offset = x.offset - static_cast<std::uint32_t>(distance);
    std::size_t bytes = plan::tensor_bytes(x) + plan::tensor_bytes(y) + x.offset + 64;
    for (std::size_t i = step.input_count + 1U; i < draft.operands.size(); ++i) {
        plan::Tensor& other = draft.tensors[draft.operands[i]];  // a further output or scratch
        other.offset = static_cast<std::uint32_t>((bytes + 63) / 64 * 64);
        bytes = other.offset + plan::tensor_bytes(other) + 64;
    }
    std::vector<std::byte> arena(bytes, std::byte{0x55});
    const plan::View view = draft.view();
    Bases bases{};
    bases[plan::region::constants] = const_cast<std::byte*>(view.constants().data());
    bases[plan::region::arena] =
        arena.data() + (64 - reinterpret_cast<std::uintptr_t>(arena.data()) % 64) % 64;
    Call call(view, view.steps()[0], &bases);
    call.set_scratch(step.scratch_count == 0 ? nullptr : call.planned_scratch());
    std::memcpy(const_cast<std::byte*>(call.in<std::byte>(0)), input.data(), input.size());
    const std::uint32_t tiles = variant.kernel->tiles(call);
    for (std::uint32_t tile = 0; tile < tiles; ++tile) {
        variant.kernel->run(call, {tile, tile + 1});
    }
    const std::byte* out = call.out<std::byte>(0);
    return {out, out + plan::tensor_bytes(y)};
}

/// The same with the reference kernel.
[[nodiscard]] inline std::vector<std::byte> run_over_input(OneStep& step,
                                                           std::span<const std::byte> input,
                                                           std::int64_t distance) {
    return run_over_input(step.variants()[0], input, distance);
}

}  // namespace verge::test
