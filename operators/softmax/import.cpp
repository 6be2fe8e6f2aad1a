// softmax from TensorFlow Lite's SOFTMAX, prepared as TensorFlow Lite Micro prepares it.

#include <algorithm>
#include <cmath>
#include <limits>

#include "operators/import_support.hpp"
#include "operators/softmax/op.hpp"

namespace verge::import {
namespace {

using plan::Type;

/// The output's scale and zero point are fixed by the kernels: all of [0, 1) over all of the type.
Done check_output(const TfliteSite& site) {
    const Type from = site.in(0).type;
    const Type to = site.out().type;
    const bool is_known = to == from || (from == Type::s8 && to == Type::s16);
    if (!is_known) {
        return unsupported(
            "softmax of " + graph::describe(site.in(0)) + " to " + graph::describe(site.out()),
            "one type, or s8 to s16");
    }
    if (from == Type::f32) {
        return done();
    }
    VERGE_CHECK(expect_scale(site.in(0)));
    VERGE_CHECK(expect_scale(site.out()));
    const double step =
        to == Type::s16 ? (from == Type::s16 ? 1.0 / 32768 : 1.0 / 65536) : 1.0 / 256;
    const std::int32_t zero = to == Type::s8                        ? -128
                              : to == Type::s16 && from == Type::s8 ? -32768
                                                                    : 0;
    if (std::abs(static_cast<double>(scale(site.out())) - step) > 0.001 * step ||
        zero_point(site.out()) != zero || (from == Type::s16 && zero_point(site.in(0)) != 0)) {
        return unsupported(
            "softmax output with scale " + std::to_string(scale(site.out())) + " and zero point " +
                std::to_string(zero_point(site.out())),
            "scale " + std::to_string(step) + " and zero point " + std::to_string(zero));
    }
    return done();
}

/// As tflite::PreprocessSoftmaxScaling and CalculateInputRadius with 5 integer bits.
Outcome<Softmax> scaling_8bit(float beta, float input_scale) {
    const double real =
        std::min(static_cast<double>(beta) * static_cast<double>(input_scale) * (1 << 26),
                 static_cast<double>((std::int64_t{1} << 31) - 1));
    if (!(real > 1.0)) {
        return unsupported("softmax whose beta times scale is " + std::to_string(real),
                           "at least 2^-26");
    }
    // An exponent of 31 fits here: quantise_multiplier() saturates above 30.
    int shift = 0;
    const double fraction = std::frexp(real, &shift);
    auto multiplier = static_cast<std::int64_t>(
        std::round(fraction * static_cast<double>(std::int64_t{1} << 31)));
    if (multiplier == (std::int64_t{1} << 31)) {
        multiplier /= 2;
        ++shift;
    }
    if (shift > 30) {
        shift = 30;
        multiplier = std::numeric_limits<std::int32_t>::max();
    }
    Softmax a{};
    a.input_multiplier = static_cast<std::int32_t>(multiplier);
    a.input_shift = shift;
    const double radius = 31.0 * static_cast<double>(std::int64_t{1} << 26) /
                          static_cast<double>(std::int64_t{1} << shift);
    a.diff_min = -static_cast<std::int32_t>(std::floor(radius));
    return a;
}

/// The scale that makes [-65535, 0] mean [-10, 0].
Outcome<Softmax> scaling_16bit(float beta, float input_scale) {
    VERGE_ASSIGN(const Multiplier found,
                 quantise_multiplier(static_cast<double>(input_scale) * static_cast<double>(beta) /
                                     (10.0 / 65535.0)));
    Softmax a{};
    a.input_multiplier = found.multiplier;
    a.input_shift = found.shift;
    return a;
}

/// A function sampled at 513 places from `low` to `high`, each corrected by half the error in the
/// middle of its step, in units of 2^-15. As tflite::LUTPopulateInt16, in float like it.
std::vector<std::int16_t> table_of(float low, float high, float (*function)(float)) {
    const float step = (high - low) / 512.0F;
    const float unit = 32768.0F;
    const auto bounded = [](float x) {
        return static_cast<std::int16_t>(std::clamp(x, -32768.0F, 32767.0F));
    };
    std::vector<std::int16_t> table;
    for (int i = 0; i < 512; ++i) {
        const auto at = static_cast<float>(i);
        const float here = std::round(function(low + at * step) * unit);
        const float middle = std::round(function(low + at * step + step / 2.0F) * unit);
        const float next = function(low + (at + 1.0F) * step) * unit;
        const float error = std::round((next + here) / 2.0F) - middle;
        table.push_back(bounded(here - std::round(error / 2.0F)));
    }
    table.push_back(bounded(std::round(function(high) * unit)));
    return table;
}

}  // namespace

Done softmax(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 1));
    VERGE_CHECK(expect_type(site.in(0), {Type::f32, Type::s8, Type::u8, Type::s16}));
    VERGE_CHECK(check_output(site));
    VERGE_CHECK(expect_output(site, site.in(0).dims));
    const float beta = site.options<tflite::SoftmaxOptions>().beta;
    std::vector inputs = {site.input(0)};
    Softmax a{};
    a.beta = beta;
    if (site.in(0).type == Type::s16) {
        VERGE_ASSIGN(a, scaling_16bit(beta, scale(site.in(0))));
        const auto exp = table_of(-10.0F, 0.0F, [](float v) { return std::exp(v); });
        const auto reciprocal = table_of(0.0F, 1.0F, [](float v) { return 1.0F / (1.0F + v); });
        inputs.push_back(site.constant<std::int16_t>("exp", {kSoftmaxTable}, exp));
        inputs.push_back(site.constant<std::int16_t>("reciprocal", {kSoftmaxTable}, reciprocal));
    } else if (site.in(0).type != Type::f32) {
        VERGE_ASSIGN(a, scaling_8bit(beta, scale(site.in(0))));
    }
    site.emit(OpId::softmax, inputs, {site.output()}, a);
    return done();
}

}  // namespace verge::import
