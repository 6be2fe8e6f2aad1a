// prelu from TensorFlow Lite's PRELU.

#include "operators/lookup/import.hpp"

#include "operators/prelu/op.hpp"

namespace verge::import {
namespace {

using plan::Type;

Done quantise(const TfliteSite& site, Prelu& a) {
    const double x = scale(site.in(0));
    const double y = scale(site.out());
    const double alpha = scale(site.in(1));
    VERGE_ASSIGN(const Multiplier same, quantise_multiplier(x / y));
    VERGE_ASSIGN(const Multiplier below, quantise_multiplier(x * alpha / y));
    a.input_offset = -zero_point(site.in(0));
    a.alpha_offset = -zero_point(site.in(1));
    a.output_offset = zero_point(site.out());
    a.multiplier = same.multiplier;
    a.shift = same.shift;
    a.alpha_multiplier = below.multiplier;
    a.alpha_shift = below.shift;
    return done();
}

}  // namespace

Done prelu(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 2));
    VERGE_CHECK(expect_unary(site, {Type::f32, Type::s8, Type::u8}));
    VERGE_CHECK(expect_type(site.in(1), {site.in(0).type}));
    VERGE_ASSIGN(const graph::Dims dims, broadcast_dims(site.in(0).dims, site.in(1).dims));
    if (dims != site.in(0).dims) {
        return bad_input("alpha " + graph::describe(site.in(1)),
                         "a shape that broadcasts to " + graph::describe(site.in(0)));
    }
    Prelu a{};
    if (site.in(0).type != Type::f32) {
        VERGE_CHECK(expect_scale(site.in(1)));
        VERGE_CHECK(quantise(site, a));
    }
    site.emit(OpId::prelu, {site.input(0), site.input(1)}, {site.output()}, a);
    return done();
}

}  // namespace verge::import
