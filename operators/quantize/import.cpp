// quantize from TensorFlow Lite's QUANTIZE.

#include <utility>

#include "operators/import_support.hpp"
#include "operators/quantize/op.hpp"

namespace verge::import {
namespace {

using plan::Type;

/// The pairs that TensorFlow Lite Micro or (uint8) LiteRT have.
constexpr std::pair<Type, Type> kPairs[] = {
    {Type::f32, Type::s8}, {Type::f32, Type::u8},  {Type::f32, Type::s16}, {Type::s8, Type::s8},
    {Type::s8, Type::u8},  {Type::s8, Type::s16},  {Type::s8, Type::s32},  {Type::u8, Type::s8},
    {Type::u8, Type::u8},  {Type::s16, Type::s8},  {Type::s16, Type::s16}, {Type::s16, Type::s32},
    {Type::s32, Type::s8}, {Type::s32, Type::s16},
};

Done check_types(const TfliteSite& site) {
    const std::pair found{site.in(0).type, site.out().type};
    if (std::find(std::begin(kPairs), std::end(kPairs), found) == std::end(kPairs)) {
        return unsupported(
            "quantize from " + graph::describe(site.in(0)) + " to " + graph::describe(site.out()),
            "f32 to s8, u8 or s16; or s8, u8, s16, s32 to each other as TensorFlow Lite Micro "
            "does");
    }
    return done();
}

}  // namespace

Done quantize(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 1));
    VERGE_CHECK(check_types(site));
    VERGE_CHECK(expect_output(site, site.in(0).dims));
    VERGE_CHECK(expect_scale(site.out()));
    Quantize a{};
    a.output_offset = zero_point(site.out());
    a.scale = scale(site.out());
    if (site.in(0).type != Type::f32) {
        VERGE_CHECK(expect_scale(site.in(0)));
        VERGE_ASSIGN(const Multiplier ratio,
                     quantise_multiplier(static_cast<double>(scale(site.in(0))) /
                                         static_cast<double>(scale(site.out()))));
        a.input_offset = -zero_point(site.in(0));
        a.multiplier = ratio.multiplier;
        a.shift = ratio.shift;
    }
    site.emit(OpId::quantize, {site.input(0)}, {site.output()}, a);
    return done();
}

}  // namespace verge::import
