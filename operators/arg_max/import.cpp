// arg_max from TensorFlow Lite's ARG_MAX and ARG_MIN.

#include "operators/arg_max/op.hpp"
#include "operators/import_support.hpp"

namespace verge::import {
namespace {

using plan::Type;

Done emit_arg(TfliteSite& site, std::int32_t is_minimum) {
    VERGE_CHECK(expect_operands(site, 2));
    VERGE_CHECK(expect_type(site.in(0), {Type::f32, Type::s8, Type::u8}));
    VERGE_CHECK(expect_type(site.out(), {Type::s32, Type::s64}));
    VERGE_ASSIGN(const std::int64_t asked, one_integer(site, 1));
    VERGE_ASSIGN(const std::size_t axis, axis_of(asked, site.in(0).dims.size()));
    VERGE_CHECK(expect_output(site, without_axis(site.in(0).dims, axis)));
    site.emit(OpId::arg_max, {site.input(0)}, {site.output()},
              ArgMax{static_cast<std::int32_t>(axis), is_minimum});
    return done();
}

}  // namespace

Done arg_max(TfliteSite& site) {
    return emit_arg(site, 0);
}

Done arg_min(TfliteSite& site) {
    return emit_arg(site, 1);
}

}  // namespace verge::import
