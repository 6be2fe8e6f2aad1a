// depthwise_conv2d: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/depthwise_conv2d/op.hpp"

namespace verge::kernel {
namespace {

using check::is_between;

bool is_sound(const DepthwiseConv2D& a, const plan::Tensor& x, const plan::Tensor& y) {
    return check::is_window({y.dims[1], a.stride_h, a.kernel_h, a.dilation_h, a.pad_top}) &&
           check::is_window({y.dims[2], a.stride_w, a.kernel_w, a.dilation_w, a.pad_left}) &&
           a.multiplier >= 1 && x.dims[1] <= 0x7fffffffU && x.dims[2] <= 0x7fffffffU &&
           std::uint64_t{x.dims[3]} * static_cast<std::uint32_t>(a.multiplier) == y.dims[3] &&
           is_between(a.input_offset, -32768, 32768) && is_between(a.weight_offset, -255, 255) &&
           is_between(a.output_offset, -32768, 32767) && is_between(a.rounding, 0, 1);
}

bool has_canonical_weights(const Call& call, const DepthwiseConv2D& a) {
    const std::uint64_t taps = std::uint64_t{static_cast<std::uint32_t>(a.kernel_h)} *
                               static_cast<std::uint32_t>(a.kernel_w);
    return plan::is_dense(call.input(1)) && taps <= 0x7fffffffU &&
           plan::element_count(call.input(1)) == taps * call.output(0).dims[3];
}

bool has_sound_bias(const Call& call, const DepthwiseConv2D& a) {
    const plan::Type type = call.input(0).type;
    const plan::Type wanted = type == plan::Type::f32                      ? plan::Type::f32
                              : type == plan::Type::s16 && a.rounding == 1 ? plan::Type::s64
                                                                           : plan::Type::s32;
    return !call.has(2) || check::is_vector(call.input(2), wanted, call.output(0).dims[3]);
}

}  // namespace

std::uint32_t tiles_depthwise_conv2d(const Call& call) {
    return call.output(0).dims[0] * call.output(0).dims[1];
}

std::uint32_t scratch_depthwise_conv2d(const Call&) {
    return 0;
}

Fault check_depthwise_conv2d(const Call& call) {
    if (!check::has_operands(call, 2) || call.input(0).rank != 4 || call.output(0).rank != 4 ||
        call.input(0).dims[0] != call.output(0).dims[0]) {
        return check::kBadShapes;
    }
    const auto a = call.attributes<DepthwiseConv2D>();
    if (!is_sound(a, call.input(0), call.output(0))) {
        return check::kBadAttributes;
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
