// How the quantisation of a convolution's tensors becomes its attributes and its requant constant.

#include "operators/convolution_quantisation.hpp"

#include <cmath>

#include "operators/import_support.hpp"

namespace verge {
namespace {

using plan::Type;

Done check_scales(const TfliteSite& site, std::int64_t channels) {
    const graph::Quantisation& w = site.in(1).quantisation;
    if (!is_quantised(site.in(0)) || !is_quantised(site.out())) {
        return bad_input("an integer convolution whose input or output has no scale",
                         "one scale and zero point for input and output",
                         "quantise the whole model");
    }
    VERGE_CHECK(expect_scale(site.in(0)));
    VERGE_CHECK(expect_scale(site.out()));
    const auto count = static_cast<std::int64_t>(w.scales.size());
    if (count != 1 && count != channels) {
        return bad_input(
            "weights with " + std::to_string(count) + " scales",
            "one scale, or one for each of the " + std::to_string(channels) + " output channels");
    }
    const bool is_symmetric = std::ranges::all_of(w.zero_points, [](auto z) { return z == 0; });
    if (!is_symmetric && site.in(1).type != Type::u8) {
        return unsupported("int8 weights with a zero point other than 0", "symmetric weights");
    }
    return done();
}

/// One multiplier per output channel. Per axis, and for int16: in double from the start. The older
/// per-tensor uint8 models multiply input and weight scale in float first, as TFLite does.
std::vector<double> multipliers(const TfliteSite& site, std::int64_t channels) {
    const graph::Quantisation& w = site.in(1).quantisation;
    const float x = scale(site.in(0));
    const double y = scale(site.out());
    std::vector<double> result;
    for (std::int64_t i = 0; i < channels; ++i) {
        const float weight = w.scales[w.is_per_axis() ? static_cast<std::size_t>(i) : 0];
        const double product = site.in(0).type == Type::u8
                                   ? static_cast<double>(x * weight)
                                   : static_cast<double>(x) * static_cast<double>(weight);
        result.push_back(product / y);
    }
    return result;
}

}  // namespace

Outcome<ConvolutionQuantisation> quantise_convolution(TfliteSite& site,
                                                      Activation activation,
                                                      std::size_t channel_axis) {
    const std::int64_t channels = site.in(1).dims[channel_axis];
    VERGE_CHECK(check_scales(site, channels));
    VERGE_ASSIGN(const ClampRange clamp, quantised_clamp(activation, site.out()));
    ConvolutionQuantisation q{};
    q.input_offset = -zero_point(site.in(0));
    q.weight_offset = site.in(1).type == Type::u8 ? -site.in(1).quantisation.zero_points[0] : 0;
    q.output_offset = zero_point(site.out());
    q.clamp = clamp;
    const bool has_wide_bias = site.has(2) && site.in(2).type == Type::s64;
    q.rounding = site.in(0).type == Type::s16 && (has_wide_bias || !site.has(2))
                     ? Rounding::single_round
                     : Rounding::double_round;
    VERGE_ASSIGN(const auto table, requant_table(multipliers(site, channels)));
    q.requant = site.constant<std::int32_t>("requant", {2, channels}, table);
    return q;
}

}  // namespace verge
