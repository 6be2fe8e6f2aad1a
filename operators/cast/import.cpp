// cast from TensorFlow Lite's CAST.

#include "operators/cast/op.hpp"
#include "operators/import_support.hpp"

namespace verge::import {

Done cast(TfliteSite& site) {
    using enum plan::Type;
    VERGE_CHECK(expect_operands(site, 1));
    VERGE_CHECK(expect_type(site.in(0), {f32, s8, u8, s16, u16, s32, u32, s64, u64, b8}));
    VERGE_CHECK(expect_type(site.out(), {f32, s8, u8, s16, u16, s32, u32, s64, u64, b8}));
    VERGE_CHECK(expect_output(site, site.in(0).dims));
    site.emit(OpId::cast, {site.input(0)}, {site.output()}, Cast{});
    return done();
}

}  // namespace verge::import
