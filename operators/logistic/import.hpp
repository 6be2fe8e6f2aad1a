#pragma once
// What logistic and tanh share when they are imported: their int8 fixed point and their int16
// table, as TensorFlow Lite Micro prepares them. Hosted.

#include <cmath>

#include "base/fixed_functions.hpp"
#include "operators/lookup/import.hpp"

namespace verge {

/// unsupported unless the output has this scale (to a thousandth) and zero point.
inline Done expect_output_scale(const TfliteSite& site, double step, std::int32_t zero) {
    const double found = scale(site.out());
    if (std::abs(found - step) > 0.001 * step || zero_point(site.out()) != zero) {
        return unsupported(
            "an output with scale " + std::to_string(found) + " and zero point " +
                std::to_string(zero_point(site.out())),
            "scale " + std::to_string(step) + " and zero point " + std::to_string(zero));
    }
    return done();
}

/// A fixed-point function of int8 numbers as a table: input in Q4, output `function` in Q0 with
/// `bits` fraction bits kept, plus the output's zero point; saturated outside (-16, 16).
template <typename Function>
inline Done emit_fixed_lookup(TfliteSite& site, int bits, Function function) {
    const double real = static_cast<double>(scale(site.in(0))) * static_cast<double>(1 << 27);
    VERGE_ASSIGN(const Multiplier input, quantise_multiplier(real));
    if (scale(site.in(0)) >= 8.0F) {
        return unsupported("input scale " + std::to_string(scale(site.in(0))), "a scale below 8");
    }
    const double bound = 15.0 * static_cast<double>(1 << 27) * std::ldexp(1.0, -input.shift);
    const double radius = std::floor(std::min(bound, 2147483647.0));
    const std::int32_t zero_in = zero_point(site.in(0));
    const std::int32_t zero_out = zero_point(site.out());
    return emit_lookup(site, [=](std::int32_t q) {
        const std::int32_t x = q - zero_in;
        if (x <= -radius || x >= radius) {
            return x < 0 ? -128 : 127;
        }
        const std::int32_t result = function(multiply(x, input.multiplier, input.shift));
        return divide_by_power(result, 31 - bits) + zero_out;
    });
}

struct TableInput {
    std::int32_t multiplier;
    std::int32_t shift;
};

/// How an int16 input becomes an index: three quarters of a power of two exactly when the scale is
/// 2^-12 / 2^s with s in [0, most_shift], else a multiplier below 2^15 rounded down.
inline Outcome<TableInput> table_input(const TfliteSite& site, std::int32_t most_shift) {
    const float log2 = std::log(scale(site.in(0))) * (1.0F / std::log(2.0F));
    const float rounded = std::round(log2);
    const auto shift = static_cast<std::int32_t>(rounded) + 12;
    if (std::abs(log2 - rounded) < 1e-3F && shift >= 0 && shift <= most_shift) {
        return TableInput{3 << shift, 0};
    }
    double multiplier = static_cast<double>(scale(site.in(0))) * 4096.0 * 3.0;
    TableInput found{0, 0};
    while (multiplier <= 32767.0 / 2.0 && found.shift <= 30) {
        ++found.shift;
        multiplier *= 2.0;
    }
    if (multiplier > 32767.0 || zero_point(site.in(0)) != 0) {
        return unsupported("int16 input with scale " + std::to_string(scale(site.in(0))) +
                               " and zero point " + std::to_string(zero_point(site.in(0))),
                           "a scale below 2.6 and zero point 0");
    }
    found.multiplier = static_cast<std::int32_t>(multiplier);
    return found;
}

/// logistic(i / 24) in units of 2^-16, as TensorFlow Lite has it: 42 entries lie one above the
/// rounded value, so that the table is data and not a formula.
// clang-format off
inline constexpr std::uint16_t kLogistic24[256] = {
    32768, 33451, 34133, 34813, 35493, 36169, 36843, 37513, 38180, 38841, 39498, 40149, 40794, 41432,
    42064, 42688, 43304, 43912, 44511, 45102, 45683, 46255, 46817, 47369, 47911, 48443, 48964, 49475,
    49975, 50464, 50942, 51409, 51865, 52311, 52745, 53169, 53581, 53983, 54374, 54755, 55125, 55485,
    55834, 56174, 56503, 56823, 57133, 57433, 57724, 58007, 58280, 58544, 58800, 59048, 59288, 59519,
    59743, 59959, 60168, 60370, 60565, 60753, 60935, 61110, 61279, 61441, 61599, 61750, 61896, 62036,
    62172, 62302, 62428, 62549, 62666, 62778, 62886, 62990, 63090, 63186, 63279, 63368, 63454, 63536,
    63615, 63691, 63765, 63835, 63903, 63968, 64030, 64090, 64148, 64204, 64257, 64308, 64357, 64405,
    64450, 64494, 64536, 64576, 64614, 64652, 64687, 64721, 64754, 64786, 64816, 64845, 64873, 64900,
    64926, 64950, 64974, 64997, 65019, 65039, 65060, 65079, 65097, 65115, 65132, 65149, 65164, 65179,
    65194, 65208, 65221, 65234, 65246, 65258, 65269, 65280, 65291, 65301, 65310, 65319, 65328, 65337,
    65345, 65352, 65360, 65367, 65374, 65381, 65387, 65393, 65399, 65404, 65410, 65415, 65420, 65425,
    65429, 65433, 65438, 65442, 65445, 65449, 65453, 65456, 65459, 65462, 65465, 65468, 65471, 65474,
    65476, 65479, 65481, 65483, 65485, 65488, 65489, 65491, 65493, 65495, 65497, 65498, 65500, 65501,
    65503, 65504, 65505, 65507, 65508, 65509, 65510, 65511, 65512, 65513, 65514, 65515, 65516, 65517,
    65517, 65518, 65519, 65520, 65520, 65521, 65522, 65522, 65523, 65523, 65524, 65524, 65525, 65525,
    65526, 65526, 65526, 65527, 65527, 65528, 65528, 65528, 65529, 65529, 65529, 65529, 65530, 65530,
    65530, 65530, 65531, 65531, 65531, 65531, 65531, 65532, 65532, 65532, 65532, 65532, 65532, 65533,
    65533, 65533, 65533, 65533, 65533, 65533, 65533, 65534, 65534, 65534, 65534, 65534, 65534, 65534,
    65534, 65534, 65534, 65535,
};
// clang-format on

/// u16 [256]: the table as a constant of the graph.
inline graph::ValueId logistic_table(TfliteSite& site) {
    return site.constant<std::uint16_t>("table", {256}, kLogistic24);
}

}  // namespace verge
