// leaky_relu from TensorFlow Lite's LEAKY_RELU.

#include "operators/lookup/import.hpp"

#include "base/fixed_point.hpp"
#include "operators/leaky_relu/op.hpp"

namespace verge::import {
namespace {

using plan::Type;

/// Scales are combined in float first, as TensorFlow Lite Micro does.
Done quantise(const TfliteSite& site, LeakyRelu& a) {
    const float x = scale(site.in(0));
    const float y = scale(site.out());
    VERGE_ASSIGN(const Multiplier same, quantise_multiplier(static_cast<double>(x / y)));
    const double real = static_cast<double>(x * a.alpha / y);
    VERGE_ASSIGN(const Multiplier below, quantise_multiplier(std::abs(real)));
    a.input_offset = -zero_point(site.in(0));
    a.output_offset = zero_point(site.out());
    a.multiplier = same.multiplier;
    a.shift = same.shift;
    a.alpha_multiplier = real < 0 ? -below.multiplier : below.multiplier;
    a.alpha_shift = below.shift;
    return done();
}

std::int32_t apply(const LeakyRelu& a, std::int32_t q) {
    const std::int32_t value = q + a.input_offset;
    const std::int32_t size = std::abs(a.alpha_multiplier);
    const std::int32_t below =
        wrapping_multiply(multiply(value, size, a.alpha_shift), a.alpha_multiplier < 0 ? -1 : 1);
    return wrapping_add(a.output_offset,
                        value >= 0 ? multiply(value, a.multiplier, a.shift) : below);
}

}  // namespace

Done leaky_relu(TfliteSite& site) {
    VERGE_CHECK(expect_unary(site, {Type::f32, Type::s8, Type::u8, Type::s16}));
    LeakyRelu a{};
    a.alpha = site.options<tflite::LeakyReluOptions>().alpha;
    if (!std::isfinite(a.alpha)) {
        return bad_input("an alpha that is not a number", "a finite alpha");
    }
    const Type type = site.in(0).type;
    if (type != Type::f32) {
        VERGE_CHECK(quantise(site, a));
    }
    if (type == Type::s8 || type == Type::u8) {
        return emit_lookup(site, [&a](std::int32_t q) { return apply(a, q); });
    }
    site.emit(OpId::leaky_relu, {site.input(0)}, {site.output()}, a);
    return done();
}

}  // namespace verge::import
