// conv2d: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/conv2d/layout.hpp"
#include "operators/conv2d/op.hpp"

namespace verge::kernel {
namespace {

using check::is_between;

bool is_sound(const Conv2D& a, const plan::Tensor& x, const plan::Tensor& y) {
    return check::is_window({y.dims[1], a.stride_h, a.kernel_h, a.dilation_h, a.pad_top}) &&
           check::is_window({y.dims[2], a.stride_w, a.kernel_w, a.dilation_w, a.pad_left}) &&
           a.groups >= 1 && x.dims[3] % static_cast<std::uint32_t>(a.groups) == 0 &&
           y.dims[3] % static_cast<std::uint32_t>(a.groups) == 0 &&
           is_between(a.input_offset, -32768, 32768) && is_between(a.weight_offset, -255, 255) &&
           is_between(a.output_offset, -32768, 32767) && is_between(a.rounding, 0, 1);
}

/// Products of one output where each sees `channels` of x; more than 2^31 reads as 2^32.
std::uint64_t products_of(const Conv2D& a, std::uint32_t channels) {
    constexpr std::uint64_t kMost = 0x7fffffffU;
    const std::uint64_t taps = std::uint64_t{static_cast<std::uint32_t>(a.kernel_h)} *
                               static_cast<std::uint32_t>(a.kernel_w);
    return taps > kMost || taps * channels > kMost ? std::uint64_t{1} << 32U : taps * channels;
}

bool has_canonical_weights(const Call& call, const Conv2D& a) {
    const plan::Tensor& y = call.output(0);
    const std::uint64_t products =
        products_of(a, call.input(0).dims[3] / static_cast<std::uint32_t>(a.groups));
    return plan::is_dense(call.input(1)) && products <= 0x7fffffffU &&
           plan::element_count(call.input(1)) == products * y.dims[3];
}

bool has_sound_bias(const Call& call, const Conv2D& a) {
    const plan::Type type = call.input(0).type;
    const plan::Type wanted = type == plan::Type::f32                      ? plan::Type::f32
                              : type == plan::Type::s16 && a.rounding == 1 ? plan::Type::s64
                                                                           : plan::Type::s32;
    return !call.has(2) || check::is_vector(call.input(2), wanted, call.output(0).dims[3]);
}

/// Products of one output of a convolution of one group.
std::uint64_t depth_of(const Call& call, const Conv2D& a) {
    return products_of(a, call.input(0).dims[3]);
}

/// What kernels with packed constants take for granted: int8, whose offset and clamp fit int8.
bool has_int8(const Call& call, const Conv2D& a) {
    using plan::Type;
    return call.input(0).type == Type::s8 && call.input(1).type == Type::s8 &&
           call.output(0).type == Type::s8 && a.groups == 1 && a.rounding == 0 &&
           a.weight_offset == 0 && is_between(a.input_offset, -127, 128) &&
           is_between(a.clamp_min, -128, 127) && is_between(a.clamp_max, -128, 127);
}

/// Weights, bias and requant of the sizes that conv2d/layout.hpp gives, as constants, and a window
/// whose gathered patch fits the scratch.
Fault check_packed(const Call& call, const Conv2D& a) {
    const std::uint64_t depth = depth_of(call, a);
    const plan::Tensor& x = call.input(0);
    if (!has_int8(call, a) || depth > conv2d_layout::kMostDepth) {
        return check::kBadAttributes;
    }
    const conv2d_layout::Blocks& blocks = conv2d_layout::kBlocks[call.step().layout];
    const std::uint32_t outputs = conv2d_layout::round_up(call.output(0).dims[3], blocks.outputs);
    const std::uint64_t products =
        conv2d_layout::round_up(static_cast<std::uint32_t>(depth), blocks.depth);
    const bool has_constants =
        call.constant<std::int8_t>(1) != nullptr && call.constant<std::int32_t>(2) != nullptr &&
        check::is_vector(call.input(1), plan::Type::s8, outputs * products) &&
        check::is_vector(call.input(2), plan::Type::s32, outputs) &&
        check::is_requant(call, 3, outputs);
    const bool is_aligned = call.input(1).offset % 4U == 0;
    const bool has_sizes = x.dims[1] <= 0x7fffffffU && x.dims[2] <= 0x7fffffffU &&
                           call.output(0).dims[3] <= 0x7fffffffU;
    return has_constants && has_sizes && is_aligned ? kOk : check::kBadShapes;
}

/// Pixels of all images.
std::uint32_t pixels_of(const Call& call) {
    const plan::Tensor& y = call.output(0);
    return y.dims[0] * y.dims[1] * y.dims[2];
}

}  // namespace

std::uint32_t tiles_conv2d(const Call& call) {
    if (conv2d_layout::is_packed(call.step().layout)) {
        return (pixels_of(call) - 1U) / conv2d_layout::kBlocks[call.step().layout].pixels + 1U;
    }
    return call.output(0).dims[0] * call.output(0).dims[1];
}

std::uint32_t scratch_conv2d(const Call& call) {
    if (!conv2d_layout::is_packed(call.step().layout)) {
        return 0;
    }
    const std::uint64_t depth = depth_of(call, call.attributes<Conv2D>());
    return conv2d_layout::scratch_bytes(call.step().layout, static_cast<std::uint32_t>(depth));
}

Fault check_conv2d(const Call& call) {
    if (!check::has_operands(call, 2) || call.input(0).rank != 4 || call.output(0).rank != 4 ||
        call.input(0).dims[0] != call.output(0).dims[0]) {
        return check::kBadShapes;
    }
    const auto a = call.attributes<Conv2D>();
    if (!is_sound(a, call.input(0), call.output(0))) {
        return check::kBadAttributes;
    }
    if (call.step().layout != 0) {
        return conv2d_layout::is_packed(call.step().layout) ? check_packed(call, a)
                                                            : check::kBadAttributes;
    }
    const bool is_float = call.output(0).type == plan::Type::f32;
    if (!has_canonical_weights(call, a) || !has_sound_bias(call, a) ||
        !(is_float ||
          check::is_requant(call, 3, call.output(0).dims[3], a.rounding == 1 ? 7 : 30))) {
        return check::kBadShapes;
    }
    return kOk;
}

}  // namespace verge::kernel
