#pragma once
// A plan with a foreign step for the tests of both runtimes: x + 100 saturated, then - 90
// saturated, in one program of the fake accelerator, or in two convolutions that replace it on a
// CPU.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "operators/conv2d/op.hpp"
#include "operators/foreign/op.hpp"
#include "plan/draft.hpp"
#include "tests/fake_accelerator/accelerator.hpp"

namespace verge::fake {

inline constexpr std::uint32_t kHeight = 10;
inline constexpr std::uint32_t kWidth = 13;
inline constexpr std::int8_t kFirst = 100;
inline constexpr std::int8_t kSecond = -90;

/// What the plan makes of one element.
[[nodiscard]] constexpr std::int8_t expected(std::int8_t x) {
    const int once = x + kFirst > 127 ? 127 : x + kFirst;
    const int twice = once + kSecond < -128 ? -128 : once + kSecond;
    return static_cast<std::int8_t>(twice);
}

[[nodiscard]] inline std::vector<std::uint8_t> program() {
    return blob_of({{Opcode::add, kFirst}, {Opcode::add, kSecond}});
}

namespace detail {

template <typename T>
std::uint16_t add_constant(plan::Draft& draft,
                           plan::Type type,
                           std::vector<std::uint32_t> dims,
                           const std::vector<T>& elements) {
    return draft.add_constant(plan::dense_tensor(type, dims), std::as_bytes(std::span(elements)),
                              16);
}

/// Places a tensor behind the others in arena 0.
inline std::uint16_t add_placed(plan::Draft& draft,
                                plan::Type type,
                                std::vector<std::uint32_t> dims) {
    plan::Tensor tensor = plan::dense_tensor(type, dims);
    tensor.offset = draft.memory.arena_bytes[0];
    draft.memory.arena_bytes[0] +=
        static_cast<std::uint32_t>((plan::tensor_bytes(tensor) + 15) / 16 * 16);
    return draft.add_tensor(tensor);
}

/// A 1x1 convolution of one channel by 1, whose bias is what is added.
inline void add_convolution(plan::Draft& draft,
                            std::uint16_t x,
                            std::uint16_t y,
                            std::int32_t bias) {
    Conv2D a{};
    a.stride_h = a.stride_w = a.dilation_h = a.dilation_w = a.kernel_h = a.kernel_w = a.groups = 1;
    a.clamp_min = -128;
    a.clamp_max = 127;
    const auto weights = add_constant<std::int8_t>(draft, plan::Type::s8, {1, 1, 1, 1}, {1});
    const auto biases = add_constant<std::int32_t>(draft, plan::Type::s32, {1}, {bias});
    const auto requant = add_constant<std::int32_t>(draft, plan::Type::s32, {2, 1}, {1 << 30, 1});
    draft.add_step({.op = static_cast<std::uint16_t>(OpId::conv2d),
                    .inputs = {x, weights, biases, requant},
                    .outputs = {y},
                    .attributes = std::as_bytes(std::span(&a, 1)),
                    .name = "convolution"});
}

}  // namespace detail

/// Input port 0 and output port 1, s8 [1,kHeight,kWidth,1]; step 0 is foreign with `blob`, steps 1
/// and 2 replace it.
[[nodiscard]] inline plan::Draft draft_with(const std::vector<std::uint8_t>& blob) {
    const std::vector<std::uint32_t> dims = {1, kHeight, kWidth, 1};
    plan::Draft draft;
    const auto x = detail::add_placed(draft, plan::Type::s8, dims);
    const auto between = detail::add_placed(draft, plan::Type::s8, dims);
    const auto y = detail::add_placed(draft, plan::Type::s8, dims);
    const auto local = detail::add_placed(draft, plan::Type::u8, {kLocalBytes});
    const auto code = detail::add_constant(draft, plan::Type::u8,
                                           {static_cast<std::uint32_t>(blob.size())}, blob);
    const Foreign foreign{.replaces = 2};
    draft.add_step({.op = static_cast<std::uint16_t>(OpId::foreign),
                    .inputs = {x, code},
                    .outputs = {y},
                    .attributes = std::as_bytes(std::span(&foreign, 1)),
                    .name = "accelerated",
                    .layout = kLayout,
                    .scratch = {local}});
    detail::add_convolution(draft, x, between, kFirst);
    detail::add_convolution(draft, between, y, kSecond);
    draft.add_port(x, false, "x");
    draft.add_port(y, true, "y");
    return draft;
}

}  // namespace verge::fake
