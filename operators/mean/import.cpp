// mean from TensorFlow Lite's MEAN.

#include <bit>

#include "operators/import_support.hpp"
#include "operators/mean/op.hpp"

namespace verge::import {
namespace {

using plan::Type;

/// Sets `reduces`; returns the shape of the output.
Outcome<graph::Dims> reduce_axes(const TfliteSite& site, Mean& a) {
    const graph::Dims& x = site.in(0).dims;
    if (x.size() > plan::kMaxRank) {
        return unsupported("mean of " + graph::describe(site.in(0)), "at most 6 dimensions");
    }
    VERGE_ASSIGN(const auto axes, site.integers(1));
    for (const std::int64_t axis : axes) {
        VERGE_ASSIGN(const std::size_t found, axis_of(axis, x.size()));
        a.reduces[found] = 1;
    }
    const bool keeps = site.options<tflite::ReducerOptions>().keep_dims;
    graph::Dims dims;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (a.reduces[i] == 0) {
            dims.push_back(x[i]);
        } else if (keeps) {
            dims.push_back(1);
        }
    }
    return dims;
}

/// The multiplier takes the division in: by the power of two below the count in the shift, by the
/// rest in the multiplier, rounded down. As tflite::reference_ops::QuantizedMeanOrSum.
Done scale_sum(const TfliteSite& site, std::int64_t count, Mean& a) {
    VERGE_ASSIGN(const Multiplier base,
                 quantise_multiplier(static_cast<double>(scale(site.in(0))) /
                                     static_cast<double>(scale(site.out()))));
    std::int32_t shift = 63 - std::countl_zero(static_cast<std::uint64_t>(count));
    shift = std::min({shift, 32, 31 + base.shift});
    a.multiplier = static_cast<std::int32_t>((std::int64_t{base.multiplier} << shift) / count);
    a.shift = base.shift - shift;
    a.input_offset = static_cast<std::int32_t>(-zero_point(site.in(0)) * count);
    a.output_offset = zero_point(site.out());
    return done();
}

}  // namespace

Done mean(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 2));
    VERGE_CHECK(expect_type(site.in(0), {Type::f32, Type::s8, Type::u8, Type::s16}));
    VERGE_CHECK(expect_like_input(site));
    Mean a{};
    VERGE_ASSIGN(const graph::Dims dims, reduce_axes(site, a));
    VERGE_CHECK(expect_output(site, dims));
    if (site.in(0).type != Type::f32) {
        VERGE_CHECK(expect_scale(site.in(0)));
        VERGE_CHECK(expect_scale(site.out()));
        const std::int64_t outputs = graph::element_count(dims);
        const std::int64_t count = graph::element_count(site.in(0).dims);
        VERGE_CHECK(scale_sum(site, outputs == 0 ? 1 : count / outputs, a));
    }
    site.emit(OpId::mean, {site.input(0)}, {site.output()}, a);
    return done();
}

}  // namespace verge::import
