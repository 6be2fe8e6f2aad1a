// div from TensorFlow Lite's DIV.

#include "operators/arithmetic_import.hpp"
#include "operators/div/op.hpp"
#include "operators/import_support.hpp"

namespace verge::import {

Done div(TfliteSite& site) {
    using plan::Type;
    VERGE_CHECK(expect_broadcast(site));
    VERGE_CHECK(expect_type(site.in(0), {Type::f32, Type::s8, Type::u8, Type::s32}));
    Div a{};
    if (is_scaled_type(site.out().type)) {
        VERGE_CHECK(set_offsets(site, a));
        const float ratio = scale(site.in(0)) / (scale(site.in(1)) * scale(site.out()));
        VERGE_ASSIGN(const Multiplier found, quantise_multiplier(static_cast<double>(ratio)));
        a.multiplier = found.multiplier;
        a.shift = found.shift;
    }
    VERGE_CHECK(set_clamps(site, site.options<tflite::DivOptions>().fused_activation_function, a));
    site.emit(OpId::div, {site.input(0), site.input(1)}, {site.output()}, a);
    return done();
}

}  // namespace verge::import
