// depthwise_conv2d from TensorFlow Lite's DEPTHWISE_CONV_2D.

#include "operators/convolution_quantisation.hpp"
#include "operators/depthwise_conv2d/op.hpp"
#include "operators/import_support.hpp"
#include "operators/window.hpp"

namespace verge::import {
namespace {

using plan::Type;

Done check_operands(const TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 2));
    VERGE_CHECK(expect_like_input(site));
    const Type x = site.in(0).type;
    const Type weights = site.in(1).type;
    const bool is_known = (weights == x && (x == Type::f32 || x == Type::s8 || x == Type::u8)) ||
                          (x == Type::s16 && weights == Type::s8);
    if (!is_known) {
        return unsupported("activations are " + graph::describe(site.in(0)) + ", weights " +
                               graph::describe(site.in(1)),
                           "both f32, both s8, both u8, or s16 with s8");
    }
    const graph::Dims& w = site.in(1).dims;
    const graph::Dims& x_dims = site.in(0).dims;
    if (x_dims.size() != 4 || w.size() != 4 || site.out().dims.size() != 4 || w[0] != 1 ||
        x_dims[3] < 1 || w[3] % x_dims[3] != 0) {
        return bad_input(
            "input " + graph::describe(site.in(0)) + ", weights " + graph::describe(site.in(1)),
            "input [N,H,W,C] and weights [1,KH,KW,C*multiplier]");
    }
    if (site.in(1).quantisation.is_per_axis() && site.in(1).quantisation.axis != 3) {
        return bad_input(
            "weights quantised along axis " + std::to_string(site.in(1).quantisation.axis),
            "axis 3");
    }
    return done();
}

Outcome<DepthwiseConv2D> geometry(const TfliteSite& site) {
    const auto options = site.options<tflite::DepthwiseConv2DOptions>();
    const graph::Dims& x = site.in(0).dims;
    const graph::Dims& w = site.in(1).dims;
    const graph::Dims& y = site.out().dims;
    DepthwiseConv2D a{};
    a.stride_h = options.stride_h;
    a.stride_w = options.stride_w;
    a.dilation_h = options.dilation_h_factor;
    a.dilation_w = options.dilation_w_factor;
    a.kernel_h = static_cast<std::int32_t>(w[1]);
    a.kernel_w = static_cast<std::int32_t>(w[2]);
    a.multiplier = static_cast<std::int32_t>(w[3] / x[3]);
    if (a.stride_h < 1 || a.stride_w < 1 || a.dilation_h < 1 || a.dilation_w < 1) {
        return bad_input("a stride or dilation below 1", "strides and dilations from 1 on");
    }
    const std::int64_t extent_h = (w[1] - 1) * a.dilation_h + 1;
    const std::int64_t extent_w = (w[2] - 1) * a.dilation_w + 1;
    VERGE_CHECK(
        expect_output(site, {x[0], window_outputs(options.padding, x[1], a.stride_h, extent_h),
                             window_outputs(options.padding, x[2], a.stride_w, extent_w), w[3]}));
    a.pad_top = pad_before(options.padding, x[1], y[1], a.stride_h, extent_h);
    a.pad_left = pad_before(options.padding, x[2], y[2], a.stride_w, extent_w);
    return a;
}

/// Sets offsets, clamps and rounding; returns the requant constant.
Outcome<graph::ValueId> quantise(TfliteSite& site, Activation activation, DepthwiseConv2D& a) {
    VERGE_ASSIGN(const ConvolutionQuantisation q, quantise_convolution(site, activation, 3));
    a.input_offset = q.input_offset;
    a.weight_offset = q.weight_offset;
    a.output_offset = q.output_offset;
    a.clamp_min = q.clamp.low;
    a.clamp_max = q.clamp.high;
    a.rounding = static_cast<std::int32_t>(q.rounding);
    return q.requant;
}

}  // namespace

Done depthwise_conv2d(TfliteSite& site) {
    VERGE_CHECK(check_operands(site));
    VERGE_ASSIGN(DepthwiseConv2D a, geometry(site));
    const auto options = site.options<tflite::DepthwiseConv2DOptions>();
    const auto activation = static_cast<Activation>(options.fused_activation_function);
    std::vector inputs = {site.input(0), site.input(1), site.input(2)};
    if (site.out().type == Type::f32) {
        VERGE_ASSIGN(const FloatRange range, float_clamp(activation));
        a.float_min = range.low;
        a.float_max = range.high;
    } else {
        VERGE_ASSIGN(const graph::ValueId requant, quantise(site, activation, a));
        inputs.push_back(requant);
    }
    site.emit(OpId::depthwise_conv2d, inputs, {site.output()}, a);
    return done();
}

}  // namespace verge::import
