// minimum from TensorFlow Lite's MINIMUM.

#include "operators/arithmetic_import.hpp"
#include "operators/import_support.hpp"
#include "operators/minimum/op.hpp"

namespace verge::import {

Done minimum(TfliteSite& site) {
    using plan::Type;
    VERGE_CHECK(expect_broadcast(site));
    VERGE_CHECK(
        expect_type(site.in(0), {Type::f32, Type::s8, Type::u8, Type::s16, Type::s32, Type::s64}));
    site.emit(OpId::minimum, {site.input(0), site.input(1)}, {site.output()}, Minimum{});
    return done();
}

}  // namespace verge::import
