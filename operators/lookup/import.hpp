#pragma once
// How importers of unary operators on 8-bit numbers become a lookup. Hosted.

#include <cmath>

#include "operators/import_support.hpp"
#include "operators/lookup/op.hpp"

namespace verge {

/// Emits output 0 = table[input 0] with table entry function(q) for each stored q, clamped to the
/// type. Precondition: input and output have one 8-bit type. Function: int32 -> int32.
template <typename Function>
inline Done emit_lookup(TfliteSite& site, Function function) {
    const bool is_signed = site.in(0).type == plan::Type::s8;
    const std::int32_t low = is_signed ? -128 : 0;
    std::vector<std::uint8_t> table(kLookupTable);
    for (std::int32_t q = low; q < low + 256; ++q) {
        const std::int32_t value = std::clamp(function(q), low, low + 255);
        table[static_cast<std::uint8_t>(q)] = static_cast<std::uint8_t>(value);
    }
    const graph::ValueId constant = site.constant<std::uint8_t>("table", {kLookupTable}, table);
    site.emit(OpId::lookup, {site.input(0), constant}, {site.output()}, Lookup{});
    return done();
}

/// The same for a float function, as tflite::LUTPopulateInt8: in float, half away from zero. Where
/// the function has no number the zero point is stored.
template <typename Function>
inline Done emit_float_lookup(TfliteSite& site, Function function) {
    const float from = scale(site.in(0));
    const float inverse = 1.0F / scale(site.out());
    const std::int32_t zero_in = zero_point(site.in(0));
    const std::int32_t zero_out = zero_point(site.out());
    return emit_lookup(site, [=](std::int32_t q) {
        const float real = function(from * static_cast<float>(q - zero_in));
        const float stored = std::round(real * inverse) + static_cast<float>(zero_out);
        return std::isnan(stored)
                   ? zero_out
                   : static_cast<std::int32_t>(std::clamp(stored, -1000.0F, 1000.0F));
    });
}

/// One input and one output of one shape and one of these types; integers have scales.
inline Done expect_unary(const TfliteSite& site, std::initializer_list<plan::Type> known) {
    VERGE_CHECK(expect_operands(site, 1));
    VERGE_CHECK(expect_type(site.in(0), known));
    VERGE_CHECK(expect_like_input(site));
    VERGE_CHECK(expect_output(site, site.in(0).dims));
    if (site.in(0).type != plan::Type::f32) {
        VERGE_CHECK(expect_scale(site.in(0)));
        VERGE_CHECK(expect_scale(site.out()));
    }
    return done();
}

}  // namespace verge
