// conv2d from TensorFlow Lite's CONV_2D.

#include "operators/conv2d/op.hpp"
#include "operators/convolution_quantisation.hpp"
#include "operators/tflite_site.hpp"
#include "operators/window.hpp"

namespace verge::import {
namespace {

using plan::Type;

Done check_types(const TfliteSite& site) {
    const Type x = site.in(0).type;
    const Type weights = site.in(1).type;
    const bool is_known =
        (x == Type::f32 && weights == Type::f32) || (x == Type::s8 && weights == Type::s8) ||
        (x == Type::u8 && weights == Type::u8) || (x == Type::s16 && weights == Type::s8);
    if (!is_known) {
        return unsupported("activations are " + graph::describe(site.in(0)) + ", weights " +
                               graph::describe(site.in(1)),
                           "both f32, both s8, both u8, or s16 with s8");
    }
    if (site.in(0).dims.size() != 4 || site.in(1).dims.size() != 4 || site.out().dims.size() != 4) {
        return bad_input(
            "input " + graph::describe(site.in(0)) + ", weights " + graph::describe(site.in(1)),
            "four dimensions each");
    }
    return done();
}

Outcome<Conv2D> geometry(const TfliteSite& site) {
    const auto options = site.options<tflite::Conv2DOptions>();
    const graph::Dims& x = site.in(0).dims;
    const graph::Dims& w = site.in(1).dims;
    const graph::Dims& y = site.out().dims;
    Conv2D a{};
    a.stride_h = options.stride_h;
    a.stride_w = options.stride_w;
    a.dilation_h = options.dilation_h_factor;
    a.dilation_w = options.dilation_w_factor;
    a.kernel_h = static_cast<std::int32_t>(w[1]);
    a.kernel_w = static_cast<std::int32_t>(w[2]);
    if (a.stride_h < 1 || a.stride_w < 1 || a.dilation_h < 1 || a.dilation_w < 1 || w[3] == 0 ||
        x[3] % w[3] != 0) {
        return bad_input("strides, dilations and channels do not fit together",
                         "strides and dilations from 1 on, and weights that divide the channels");
    }
    const std::int64_t extent_h = (w[1] - 1) * a.dilation_h + 1;
    const std::int64_t extent_w = (w[2] - 1) * a.dilation_w + 1;
    if (y[1] != window_outputs(options.padding, x[1], a.stride_h, extent_h) ||
        y[2] != window_outputs(options.padding, x[2], a.stride_w, extent_w) || y[3] != w[0] ||
        y[0] != x[0]) {
        return bad_input("output " + graph::describe(site.out()) + " of input " +
                             graph::describe(site.in(0)) + " and weights " +
                             graph::describe(site.in(1)),
                         "the shape that strides and padding give");
    }
    a.groups = static_cast<std::int32_t>(x[3] / w[3]);
    a.pad_top = pad_before(options.padding, x[1], y[1], a.stride_h, extent_h);
    a.pad_left = pad_before(options.padding, x[2], y[2], a.stride_w, extent_w);
    return a;
}

/// Sets offsets, clamps and rounding; returns the requant constant.
Outcome<graph::ValueId> quantise(TfliteSite& site, Conv2D& a) {
    const auto activation =
        static_cast<Activation>(site.options<tflite::Conv2DOptions>().fused_activation_function);
    VERGE_ASSIGN(const ConvolutionQuantisation q, quantise_convolution(site, activation, 0));
    a.input_offset = q.input_offset;
    a.weight_offset = q.weight_offset;
    a.output_offset = q.output_offset;
    a.clamp_min = q.clamp.low;
    a.clamp_max = q.clamp.high;
    a.rounding = static_cast<std::int32_t>(q.rounding);
    return q.requant;
}

}  // namespace

Done conv2d(TfliteSite& site) {
    VERGE_CHECK(check_types(site));
    VERGE_ASSIGN(Conv2D a, geometry(site));
    std::vector inputs = {site.input(0), site.input(1), site.input(2)};
    if (site.out().type == Type::f32) {
        const auto options = site.options<tflite::Conv2DOptions>();
        VERGE_ASSIGN(const FloatRange range,
                     float_clamp(static_cast<Activation>(options.fused_activation_function)));
        a.float_min = range.low;
        a.float_max = range.high;
    } else {
        VERGE_ASSIGN(const graph::ValueId requant, quantise(site, a));
        inputs.push_back(requant);
    }
    site.emit(OpId::conv2d, inputs, {site.output()}, a);
    return done();
}

}  // namespace verge::import
