#pragma once
// What the two pooling operators have in common when they are imported. Hosted.

#include <cmath>

#include "operators/average_pool2d/op.hpp"
#include "operators/import_support.hpp"
#include "operators/window.hpp"

namespace verge {

/// Pooling does not requantise: input and output must be quantised alike (scales to 1e-6, as
/// TensorFlow Lite Micro demands).
inline Done check_pool2d_scales(const TfliteSite& site) {
    VERGE_CHECK(expect_scale(site.in(0)));
    VERGE_CHECK(expect_scale(site.out()));
    if (std::fabs(scale(site.in(0)) - scale(site.out())) > 1e-6F ||
        zero_point(site.in(0)) != zero_point(site.out())) {
        return unsupported("pooling whose output is quantised unlike its input",
                           "one scale and zero point");
    }
    return done();
}

inline Outcome<Pool2D> pool2d_attributes(const TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 1));
    VERGE_CHECK(expect_type(site.in(0),
                            {plan::Type::f32, plan::Type::s8, plan::Type::u8, plan::Type::s16}));
    VERGE_CHECK(expect_like_input(site));
    const auto options = site.options<tflite::Pool2DOptions>();
    const graph::Dims& x = site.in(0).dims;
    const graph::Dims& y = site.out().dims;
    if (x.size() != 4 || options.stride_h < 1 || options.stride_w < 1 ||
        options.filter_height < 1 || options.filter_width < 1) {
        return bad_input(
            "pooling of " + graph::describe(site.in(0)) + " with a window or stride below 1",
            "[N,H,W,C], windows and strides from 1 on");
    }
    Pool2D a{};
    a.stride_h = options.stride_h;
    a.stride_w = options.stride_w;
    a.kernel_h = options.filter_height;
    a.kernel_w = options.filter_width;
    VERGE_CHECK(
        expect_output(site, {x[0], window_outputs(options.padding, x[1], a.stride_h, a.kernel_h),
                             window_outputs(options.padding, x[2], a.stride_w, a.kernel_w), x[3]}));
    a.pad_top = pad_before(options.padding, x[1], y[1], a.stride_h, a.kernel_h);
    a.pad_left = pad_before(options.padding, x[2], y[2], a.stride_w, a.kernel_w);
    const auto activation = static_cast<Activation>(options.fused_activation_function);
    if (site.out().type == plan::Type::f32) {
        VERGE_ASSIGN(const FloatRange range, float_clamp(activation));
        a.float_min = range.low;
        a.float_max = range.high;
        return a;
    }
    VERGE_CHECK(check_pool2d_scales(site));
    VERGE_ASSIGN(const ClampRange clamp, quantised_clamp(activation, site.out()));
    a.clamp_min = clamp.low;
    a.clamp_max = clamp.high;
    return a;
}

}  // namespace verge
