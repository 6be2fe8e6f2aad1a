#pragma once
// Multipliers, clamps and tables that importers compute once, as TensorFlow Lite prepares them.

#include <cstdint>
#include <span>
#include <vector>

#include "base/outcome.hpp"
#include "graph/graph.hpp"

namespace verge {

/// real = multiplier * 2^(shift - 31), multiplier in [2^30, 2^31) or 0.
struct Multiplier {
    std::int32_t multiplier = 0;
    std::int32_t shift = 0;

    bool operator==(const Multiplier&) const = default;
};

/// As tflite::QuantizeMultiplier: round(fraction * 2^31); what is below 2^-31 becomes 0. The Error
/// says that `real` is negative or not finite: scales whose ratio is no number.
Outcome<Multiplier> quantise_multiplier(double real);

/// s32 [2, n]: the multipliers, then the shifts: what kernels read as `requant`.
Outcome<std::vector<std::int32_t>> requant_table(std::span<const double> reals);

enum class Activation : std::int32_t { none, relu, relu_n1_to_1, relu6, tanh, sign_bit };

/// Where a fused activation clamps a quantised output.
struct ClampRange {
    std::int32_t low;
    std::int32_t high;
};

/// As tflite::CalculateActivationRangeQuantized. An Error for activations that do not clamp.
Outcome<ClampRange> quantised_clamp(Activation activation, const graph::Value& output);

struct FloatRange {
    float low;
    float high;
};

/// As tflite::CalculateActivationRange; the whole range of float when there is none.
Outcome<FloatRange> float_clamp(Activation activation);

/// True when the value has one scale and one zero point (what most operators want).
[[nodiscard]] bool is_quantised(const graph::Value& value);

/// True when is_quantised() and it can be computed with: the scale is positive, has a finite
/// inverse, and the zero point is that of a number of at most 16 bits, so that no difference
/// overflows.
[[nodiscard]] bool has_usable_scale(const graph::Value& value);

/// Scale and zero point of a per-tensor quantised value. Precondition: is_quantised(value).
[[nodiscard]] float scale(const graph::Value& value);
[[nodiscard]] std::int32_t zero_point(const graph::Value& value);

}  // namespace verge
