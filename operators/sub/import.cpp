// sub from TensorFlow Lite's SUB.

#include "operators/arithmetic_import.hpp"
#include "operators/sub/op.hpp"

namespace verge::import {

Done sub(TfliteSite& site) {
    using plan::Type;
    VERGE_CHECK(expect_broadcast(site));
    VERGE_CHECK(expect_type(site.in(0), {Type::f32, Type::s8, Type::u8, Type::s16, Type::s32}));
    Sub a{};
    if (is_scaled_type(site.out().type)) {
        VERGE_CHECK(set_offsets(site, a));
        VERGE_CHECK(set_sum_multipliers(site, a));
    }
    VERGE_CHECK(set_clamps(site, site.options<tflite::SubOptions>().fused_activation_function, a));
    site.emit(OpId::sub, {site.input(0), site.input(1)}, {site.output()}, a);
    return done();
}

}  // namespace verge::import
