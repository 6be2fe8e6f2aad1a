// clamp from TensorFlow Lite's RELU, RELU6 and RELU_N1_TO_1.

#include "operators/lookup/import.hpp"

#include <limits>

#include "operators/clamp/op.hpp"

namespace verge::import {
namespace {

using plan::Type;

Done import_clamp(TfliteSite& site, Activation activation) {
    VERGE_CHECK(expect_unary(site, {Type::f32, Type::s8, Type::u8, Type::s16}));
    Clamp a{};
    if (site.in(0).type == Type::f32) {
        VERGE_ASSIGN(const FloatRange range, float_clamp(activation));
        a.float_min = range.low;
        a.float_max =
            activation == Activation::relu ? std::numeric_limits<float>::infinity() : range.high;
        site.emit(OpId::clamp, {site.input(0)}, {site.output()}, a);
        return done();
    }
    // RELU6 of TensorFlow Lite Micro takes input and output to be quantised alike.
    const bool is_micro = site.in(0).type != Type::u8;
    if (is_micro && activation == Activation::relu6 &&
        !is_quantised_alike(site.in(0), site.out())) {
        return unsupported("RELU6 whose output is quantised unlike its input",
                           "one scale and zero point");
    }
    const double ratio = static_cast<double>(scale(site.in(0)) / scale(site.out()));
    VERGE_ASSIGN(const Multiplier found, quantise_multiplier(ratio));
    VERGE_ASSIGN(const ClampRange clamp, quantised_clamp(activation, site.out()));
    a.input_offset = -zero_point(site.in(0));
    a.output_offset = zero_point(site.out());
    a.multiplier = found.multiplier;
    a.shift = found.shift;
    a.clamp_min = clamp.low;
    a.clamp_max = clamp.high;
    site.emit(OpId::clamp, {site.input(0)}, {site.output()}, a);
    return done();
}

}  // namespace

Done relu(TfliteSite& site) {
    return import_clamp(site, Activation::relu);
}

Done relu6(TfliteSite& site) {
    return import_clamp(site, Activation::relu6);
}

Done relu_n1_to_1(TfliteSite& site) {
    return import_clamp(site, Activation::relu_n1_to_1);
}

}  // namespace verge::import
