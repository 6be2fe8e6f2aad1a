#include "operators/requant.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace verge {

Outcome<Multiplier> quantise_multiplier(double real) {
    if (!(real >= 0.0) || !std::isfinite(real)) {
        return bad_input("the scales of the operands give the multiplier " + std::to_string(real),
                         "scales whose ratio is a positive number", "quantise the model again");
    }
    if (real == 0.0) {
        return Multiplier{};
    }
    int shift = 0;
    const double fraction = std::frexp(real, &shift);
    auto fixed = static_cast<std::int64_t>(
        std::round(fraction * static_cast<double>(std::int64_t{1} << 31)));
    if (fixed == (std::int64_t{1} << 31)) {
        fixed /= 2;
        ++shift;
    }
    if (shift < -31) {
        return Multiplier{};
    }
    if (shift > 30) {
        return Multiplier{std::numeric_limits<std::int32_t>::max(), 30};
    }
    return Multiplier{static_cast<std::int32_t>(fixed), shift};
}

Outcome<std::vector<std::int32_t>> requant_table(std::span<const double> reals) {
    std::vector<std::int32_t> table(2 * reals.size());
    for (std::size_t i = 0; i < reals.size(); ++i) {
        VERGE_ASSIGN(const Multiplier found, quantise_multiplier(reals[i]));
        table[i] = found.multiplier;
        table[reals.size() + i] = found.shift;
    }
    return table;
}

namespace {

ClampRange type_range(plan::Type type) {
    switch (type) {
        case plan::Type::u8:
            return {0, 255};
        case plan::Type::s16:
            return {-32768, 32767};
        case plan::Type::s32:
            return {std::numeric_limits<std::int32_t>::min(),
                    std::numeric_limits<std::int32_t>::max()};
        default:
            return {-128, 127};
    }
}

/// Where `real` is stored: zero point + real / scale. What an extreme scale puts out of the range
/// of 32 bits ends at its bounds.
std::int32_t quantise(float real, const graph::Value& output) {
    constexpr double kLow = std::numeric_limits<std::int32_t>::min();
    constexpr double kHigh = std::numeric_limits<std::int32_t>::max();
    const double steps = static_cast<double>(std::round(real / scale(output)));
    return static_cast<std::int32_t>(std::clamp(zero_point(output) + steps, kLow, kHigh));
}

/// Precondition of quantise(): real / scale is a number.
Done check_scale(const graph::Value& output) {
    return scale(output) > 0.0F
               ? done()
               : Done(bad_input("the output " + graph::describe(output) + " has the scale " +
                                    std::to_string(scale(output)),
                                "a positive scale", "quantise the model again"));
}

Error cannot_clamp(Activation activation) {
    return unsupported(
        "the fused activation " + std::to_string(static_cast<int>(activation)) + " is not a clamp",
        "none, RELU, RELU_N1_TO_1 or RELU6",
        "convert the model with the activation as an operator of its own");
}

}  // namespace

Outcome<ClampRange> quantised_clamp(Activation activation, const graph::Value& output) {
    VERGE_CHECK(check_scale(output));
    ClampRange range = type_range(output.type);
    switch (activation) {
        case Activation::none:
            return range;
        case Activation::relu:
            range.low = std::max(range.low, quantise(0.0F, output));
            return range;
        case Activation::relu6:
            range.low = std::max(range.low, quantise(0.0F, output));
            range.high = std::min(range.high, quantise(6.0F, output));
            return range;
        case Activation::relu_n1_to_1:
            range.low = std::max(range.low, quantise(-1.0F, output));
            range.high = std::min(range.high, quantise(1.0F, output));
            return range;
        default:
            return cannot_clamp(activation);
    }
}

Outcome<FloatRange> float_clamp(Activation activation) {
    constexpr float kMax = std::numeric_limits<float>::max();
    switch (activation) {
        case Activation::none:
            return FloatRange{-kMax, kMax};
        case Activation::relu:
            return FloatRange{0.0F, kMax};
        case Activation::relu6:
            return FloatRange{0.0F, 6.0F};
        case Activation::relu_n1_to_1:
            return FloatRange{-1.0F, 1.0F};
        default:
            return cannot_clamp(activation);
    }
}

bool is_quantised(const graph::Value& value) {
    return value.quantisation.scales.size() == 1 && value.quantisation.zero_points.size() == 1;
}

bool has_usable_scale(const graph::Value& value) {
    constexpr std::int32_t kMostZeroPoint = 65535;
    return is_quantised(value) && scale(value) > 0.0F && std::isnormal(scale(value)) &&
           zero_point(value) >= -kMostZeroPoint && zero_point(value) <= kMostZeroPoint;
}

float scale(const graph::Value& value) {
    return value.quantisation.scales[0];
}

std::int32_t zero_point(const graph::Value& value) {
    return value.quantisation.zero_points[0];
}

}  // namespace verge
