// hard_swish from TensorFlow Lite's HARD_SWISH. 8-bit tensors: 16-bit fixed point as TensorFlow
// Lite's reference kernel computes it, for all 256 inputs.

#include "operators/lookup/import.hpp"

#include "base/fixed_functions.hpp"
#include "operators/hard_swish/op.hpp"

namespace verge::import {
namespace {

using plan::Type;

std::int32_t saturate16(std::int64_t x) {
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(x, -32768, 32767));
}

/// round(a * b / 2^15), half away from zero, saturating.
std::int32_t high_multiply16(std::int32_t a, std::int32_t b) {
    const std::int32_t product = a * b;
    return saturate16((product + (product >= 0 ? 1 << 14 : 1 - (1 << 14))) / (1 << 15));
}

/// The upper half of a multiplier, rounded, saturating.
std::int32_t upper_half(std::int32_t multiplier) {
    return multiplier >= INT32_MAX - (1 << 15) ? 32767 : (multiplier + (1 << 15)) >> 16;
}

struct Fixed {
    std::int32_t zero_in;
    std::int32_t zero_out;
    Multiplier output;  // of x in steps of 1/128 to the output, 16 bits
    Multiplier gate;    // of x in steps of 1/128 to 3 / 32768, 16 bits
};

/// clamp(x / 3, -1, 1) in units of 2^-15.
std::int32_t gate_of(const Fixed& f, std::int32_t x) {
    std::int32_t gate = x;
    if (f.gate.shift > 0) {
        gate = saturate16(std::int64_t{gate} * (std::int64_t{1} << (f.gate.shift - 1)));
    }
    gate = high_multiply16(gate, f.gate.multiplier);
    if (f.gate.shift > 0) {
        gate = saturate16(std::int64_t{gate} * 2);
    }
    return f.gate.shift < 0 ? divide_by_power(gate, std::min(-f.gate.shift, 31)) : gate;
}

std::int32_t apply(const Fixed& f, std::int32_t q) {
    const std::int32_t x = (q - f.zero_in) * 128;
    const std::int32_t scaled = high_multiply16(x, f.output.multiplier);
    const std::int32_t share = (gate_of(f, x) + (1 << 15)) >> 1;
    const std::int32_t product = share * scaled / (1 << 15);  // rounds towards zero
    return divide_by_power(product, std::min(-f.output.shift, 31)) + f.zero_out;
}

}  // namespace

Done hard_swish(TfliteSite& site) {
    VERGE_CHECK(expect_unary(site, {Type::f32, Type::s8, Type::u8}));
    if (site.in(0).type == Type::f32) {
        site.emit(OpId::hard_swish, {site.input(0)}, {site.output()}, HardSwish{});
        return done();
    }
    // Scales are combined in float first, as TensorFlow Lite does.
    const float fine = (1.0F / 128.0F) * scale(site.in(0));
    Fixed f{zero_point(site.in(0)), zero_point(site.out()), {}, {}};
    VERGE_ASSIGN(f.output, quantise_multiplier(static_cast<double>(fine / scale(site.out()))));
    VERGE_ASSIGN(f.gate, quantise_multiplier(static_cast<double>(fine / (3.0F / 32768.0F))));
    if (f.output.shift > 0) {
        return unsupported("an output scale more than 128 times finer than the input's",
                           "a coarser output");
    }
    f.output.multiplier = upper_half(f.output.multiplier);
    f.gate.multiplier = upper_half(f.gate.multiplier);
    return emit_lookup(site, [&f](std::int32_t q) { return apply(f, q); });
}

}  // namespace verge::import
