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
    const Multiplier input = quantise_multiplier(real);
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

/// u16 [256]: logistic(i / 24) in units of 2^-16.
inline graph::ValueId logistic_table(TfliteSite& site) {
    std::vector<std::uint16_t> table;
    for (int i = 0; i < 256; ++i) {
        table.push_back(static_cast<std::uint16_t>(
            std::min(65535.0, std::round(65536.0 / (1.0 + std::exp(-i / 24.0))))));
    }
    return site.constant<std::uint16_t>("table", {256}, table);
}

}  // namespace verge
