// dequantize from TensorFlow Lite's DEQUANTIZE.

#include "operators/dequantize/op.hpp"
#include "operators/import_support.hpp"

namespace verge::import {
namespace {

using plan::Type;

/// The scales and zero points of a per-axis quantised input, as constants.
Outcome<std::vector<graph::ValueId>> per_axis_inputs(TfliteSite& site, Dequantize& a) {
    const graph::Quantisation q = site.in(0).quantisation;
    VERGE_ASSIGN(const std::size_t axis, axis_of(q.axis, site.in(0).dims.size()));
    const std::int64_t channels = site.in(0).dims[axis];
    if (static_cast<std::int64_t>(q.scales.size()) != channels) {
        return bad_input(
            graph::describe(site.in(0)) + " with " + std::to_string(q.scales.size()) + " scales",
            std::to_string(channels) + " scales along axis " + std::to_string(axis));
    }
    std::vector<std::int32_t> zero_points = q.zero_points;
    zero_points.resize(q.scales.size(), zero_points.empty() ? 0 : zero_points.back());
    a.axis = static_cast<std::int32_t>(axis);
    return std::vector{site.input(0), site.constant<float>("scales", {channels}, q.scales),
                       site.constant<std::int32_t>("zero_points", {channels}, zero_points)};
}

}  // namespace

Done dequantize(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 1));
    VERGE_CHECK(expect_type(site.in(0), {Type::s8, Type::u8, Type::s16, Type::s32, Type::f16}));
    VERGE_CHECK(expect_type(site.out(), {Type::f32}));
    VERGE_CHECK(expect_output(site, site.in(0).dims));
    Dequantize a{};
    std::vector inputs = {site.input(0)};
    if (site.in(0).type != Type::f16 && site.in(0).quantisation.is_per_axis()) {
        VERGE_ASSIGN(inputs, per_axis_inputs(site, a));
    } else if (site.in(0).type != Type::f16) {
        VERGE_CHECK(expect_scale(site.in(0)));
        a.scale = scale(site.in(0));
        a.zero_point = zero_point(site.in(0));
    }
    site.emit(OpId::dequantize, inputs, {site.output()}, a);
    return done();
}

}  // namespace verge::import
