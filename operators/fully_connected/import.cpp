// fully_connected from TensorFlow Lite's FULLY_CONNECTED.

#include "base/fixed_point.hpp"
#include "operators/fully_connected/op.hpp"
#include "operators/import_support.hpp"

namespace verge::import {
namespace {

using plan::Type;

Done check_types(const TfliteSite& site) {
    const Type x = site.in(0).type;
    const Type weights = site.in(1).type;
    const bool is_known = (weights == x && (x == Type::f32 || x == Type::s8 || x == Type::u8)) ||
                          (x == Type::s16 && weights == Type::s8);
    if (!is_known) {
        return unsupported("activations are " + graph::describe(site.in(0)) + ", weights " +
                               graph::describe(site.in(1)),
                           "both f32, both s8, both u8, or s16 with s8");
    }
    if (site.options<tflite::FullyConnectedOptions>().weights_format !=
        tflite::WeightsFormat::plain) {
        return unsupported("weights in the shuffled format", "plain weights");
    }
    return expect_like_input(site);
}

Done check_shapes(const TfliteSite& site) {
    const graph::Dims& w = site.in(1).dims;
    const graph::Dims& x = site.in(0).dims;
    const graph::Dims& y = site.out().dims;
    if (w.size() != 2 || w[0] < 1 || w[1] < 1 || graph::element_count(x) % w[1] != 0 || y.empty()) {
        return bad_input(
            "input " + graph::describe(site.in(0)) + ", weights " + graph::describe(site.in(1)),
            "weights [O,I] and whole rows of I inputs");
    }
    const std::int64_t rows = graph::element_count(x) / w[1];
    if (y.back() != w[0] || graph::element_count(y) != rows * w[0]) {
        return bad_input("output " + graph::describe(site.out()),
                         std::to_string(rows) + " rows of " + std::to_string(w[0]));
    }
    return done();
}

Done check_quantisation(const TfliteSite& site) {
    VERGE_CHECK(expect_scale(site.in(0)));
    VERGE_CHECK(expect_scale(site.out()));
    const graph::Quantisation& w = site.in(1).quantisation;
    const std::int64_t channels = site.in(1).dims[0];
    const auto count = static_cast<std::int64_t>(w.scales.size());
    if ((count != 1 && (count != channels || w.axis != 0)) ||
        w.zero_points.size() != w.scales.size()) {
        return bad_input(
            "weights with " + std::to_string(count) + " scales along axis " +
                std::to_string(w.axis),
            "one scale, or one for each of the " + std::to_string(channels) + " outputs");
    }
    if (w.is_per_axis() && site.in(1).type == Type::u8) {
        return unsupported("uint8 weights with a scale per output", "one scale");
    }
    const bool is_symmetric = std::ranges::all_of(w.zero_points, [](auto z) { return z == 0; });
    if (!is_symmetric && site.in(1).type != Type::u8) {
        return unsupported("int8 weights with a zero point other than 0", "symmetric weights");
    }
    return done();
}

/// Per output: in double from the start. One for all: input and weight scale multiplied in float
/// first, as tflite::GetQuantizedConvolutionMultipler does.
std::vector<double> multipliers(const TfliteSite& site) {
    const float x = scale(site.in(0));
    const double y = scale(site.out());
    const std::vector<float>& w = site.in(1).quantisation.scales;
    if (w.size() == 1) {
        return {static_cast<double>(x * w[0]) / y};
    }
    std::vector<double> result;
    for (const float weight : w) {
        result.push_back(static_cast<double>(x) * static_cast<double>(weight) / y);
    }
    return result;
}

Rounding rounding_of(const TfliteSite& site) {
    if (site.in(0).type != Type::s16) {
        return Rounding::double_round;
    }
    const auto bias = site.options<tflite::FullyConnectedOptions>().quantized_bias_type;
    const bool has_wide_sum =
        site.has(2) ? site.in(2).type == Type::s64 : bias != tflite::TensorType::int32;
    return has_wide_sum ? Rounding::single_round : Rounding::double_round;
}

/// Sets offsets, clamps and rounding; returns the requant constant.
Outcome<graph::ValueId> quantise(TfliteSite& site, Activation activation, FullyConnected& a) {
    VERGE_CHECK(check_quantisation(site));
    VERGE_ASSIGN(const ClampRange clamp, quantised_clamp(activation, site.out()));
    a.input_offset = -zero_point(site.in(0));
    a.weight_offset = -site.in(1).quantisation.zero_points[0];
    a.output_offset = zero_point(site.out());
    a.clamp_min = clamp.low;
    a.clamp_max = clamp.high;
    a.rounding = static_cast<std::int32_t>(rounding_of(site));
    const std::vector<double> reals = multipliers(site);
    const auto count = static_cast<std::int64_t>(reals.size());
    VERGE_ASSIGN(const auto table, requant_table(reals));
    return site.constant<std::int32_t>("requant", {2, count}, table);
}

}  // namespace

Done fully_connected(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 2));
    VERGE_CHECK(check_types(site));
    VERGE_CHECK(check_shapes(site));
    const auto options = site.options<tflite::FullyConnectedOptions>();
    const auto activation = static_cast<Activation>(options.fused_activation_function);
    FullyConnected a{};
    std::vector inputs = {site.input(0), site.input(1), site.input(2)};
    if (site.out().type == Type::f32) {
        VERGE_ASSIGN(const FloatRange range, float_clamp(activation));
        a.float_min = range.low;
        a.float_max = range.high;
    } else {
        VERGE_ASSIGN(const graph::ValueId requant, quantise(site, activation, a));
        inputs.push_back(requant);
    }
    site.emit(OpId::fully_connected, inputs, {site.output()}, a);
    return done();
}

}  // namespace verge::import
