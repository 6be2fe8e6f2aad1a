// floor_mod from TensorFlow Lite's FLOOR_MOD.

#include "operators/arithmetic_import.hpp"
#include "operators/floor_mod/op.hpp"
#include "operators/import_support.hpp"

namespace verge::import {

Done floor_mod(TfliteSite& site) {
    VERGE_CHECK(expect_broadcast(site));
    VERGE_CHECK(expect_type(site.in(0), {plan::Type::f32, plan::Type::s32}));
    site.emit(OpId::floor_mod, {site.input(0), site.input(1)}, {site.output()}, FloorMod{});
    return done();
}

}  // namespace verge::import
