// mul from TensorFlow Lite's MUL.

#include "operators/arithmetic_import.hpp"
#include "operators/mul/op.hpp"

namespace verge::import {
namespace {

using plan::Type;

/// uint8 models multiply and divide the scales in float, as LiteRT does; the others in double, as
/// TensorFlow Lite Micro does.
double real_multiplier(const TfliteSite& site) {
    const float scale1 = scale(site.in(0));
    const float scale2 = scale(site.in(1));
    const float output = scale(site.out());
    if (site.out().type == Type::u8) {
        return static_cast<double>(scale1 * scale2 / output);
    }
    return static_cast<double>(scale1) * static_cast<double>(scale2) / static_cast<double>(output);
}

}  // namespace

Done mul(TfliteSite& site) {
    VERGE_CHECK(expect_broadcast(site));
    VERGE_CHECK(expect_type(site.in(0), {Type::f32, Type::s8, Type::u8, Type::s16, Type::s32}));
    Mul a{};
    if (is_scaled_type(site.out().type)) {
        VERGE_CHECK(set_offsets(site, a));
        VERGE_ASSIGN(const Multiplier found, quantise_multiplier(real_multiplier(site)));
        a.multiplier = found.multiplier;
        a.shift = found.shift;
    }
    VERGE_CHECK(set_clamps(site, site.options<tflite::MulOptions>().fused_activation_function, a));
    site.emit(OpId::mul, {site.input(0), site.input(1)}, {site.output()}, a);
    return done();
}

}  // namespace verge::import
