#pragma once
// What the importers of add, sub, mul and div share. Hosted.

#include <algorithm>

#include "operators/import_support.hpp"

namespace verge {

/// Both inputs and the output have one type, and the output the broadcast shape.
inline Done expect_broadcast(const TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 2));
    VERGE_CHECK(expect_like_input(site));
    if (site.in(1).type != site.in(0).type) {
        return bad_input(
            "inputs " + graph::describe(site.in(0)) + " and " + graph::describe(site.in(1)),
            "one type");
    }
    VERGE_ASSIGN(const graph::Dims dims, broadcast_dims(site.in(0).dims, site.in(1).dims));
    return expect_output(site, dims);
}

/// Sets the clamps of the struct: of stored values for integers, of reals for floats.
template <typename Struct>
Done set_clamps(const TfliteSite& site, tflite::Activation fused, Struct& a) {
    const auto activation = static_cast<Activation>(fused);
    if (site.out().type == plan::Type::f32) {
        VERGE_ASSIGN(const FloatRange range, float_clamp(activation));
        a.float_min = range.low;
        a.float_max = range.high;
        return done();
    }
    graph::Value plain = site.out();
    if (plain.type == plan::Type::s32) {
        plain.quantisation = {{1.0F}, {0}, 0};
    }
    VERGE_ASSIGN(const ClampRange range, quantised_clamp(activation, plain));
    a.clamp_min = range.low;
    a.clamp_max = range.high;
    return done();
}

/// True for types whose numbers stand for reals by a scale.
[[nodiscard]] inline bool is_scaled_type(plan::Type type) {
    return type == plan::Type::s8 || type == plan::Type::u8 || type == plan::Type::s16;
}

/// Sets the two zero points of the inputs, negated, and that of the output; checks the scales.
template <typename Struct>
Done set_offsets(const TfliteSite& site, Struct& a) {
    VERGE_CHECK(expect_scale(site.in(0)));
    VERGE_CHECK(expect_scale(site.in(1)));
    VERGE_CHECK(expect_scale(site.out()));
    a.input1_offset = -zero_point(site.in(0));
    a.input2_offset = -zero_point(site.in(1));
    a.output_offset = zero_point(site.out());
    return done();
}

/// Sets the three multipliers of a sum or difference; their ratios are computed in double.
template <typename Struct>
Done set_sum_multipliers(const TfliteSite& site, Struct& a) {
    const double scale1 = static_cast<double>(scale(site.in(0)));
    const double scale2 = static_cast<double>(scale(site.in(1)));
    const double twice_larger = 2 * std::max(scale1, scale2);
    a.left_shift = site.out().type == plan::Type::s16 ? 15 : 20;
    const double output_scale = static_cast<double>(scale(site.out())) * (1 << a.left_shift);
    VERGE_ASSIGN(const Multiplier first, quantise_multiplier(scale1 / twice_larger));
    VERGE_ASSIGN(const Multiplier second, quantise_multiplier(scale2 / twice_larger));
    VERGE_ASSIGN(const Multiplier output, quantise_multiplier(twice_larger / output_scale));
    if (output.shift > 0) {
        return unsupported("the output's scale is " + std::to_string(scale(site.out())) +
                               ", far below those of the inputs",
                           "an output scale of at least twice the larger input scale / 2^" +
                               std::to_string(a.left_shift));
    }
    a.multiplier1 = first.multiplier;
    a.shift1 = first.shift;
    a.multiplier2 = second.multiplier;
    a.shift2 = second.shift;
    a.output_multiplier = output.multiplier;
    a.output_shift = output.shift;
    return done();
}

}  // namespace verge
