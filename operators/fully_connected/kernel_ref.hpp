#pragma once
// fully_connected, the truth: TensorFlow Lite Micro's order of sums and its rounding. Portable
// C++17.

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "base/fixed_point.hpp"
#include "operators/fully_connected/op.hpp"

namespace verge::kernel::fully_connected_ref {

struct Shape {
    std::size_t inputs;
    std::uint32_t outputs;
    std::uint32_t requants;  // `outputs`, or 1 when all share one
};

template <typename In, typename Weight>
struct Data {
    const In* x;
    const Weight* weights;
    const void* bias;
    const std::int32_t* requant;
    In* y;
};

template <typename Sum, typename In, typename Weight>
static inline Sum dot(const FullyConnected& a, std::size_t count, const In* x, const Weight* w) {
    Sum sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if constexpr (std::is_floating_point_v<Sum>) {
            sum += x[i] * w[i];
        } else {
            sum += static_cast<Sum>((x[i] + a.input_offset) * (w[i] + a.weight_offset));
        }
    }
    return sum;
}

/// Integers with a 32-bit sum (unsigned: it wraps) and double rounding.
struct Finish32 {
    template <typename In, typename Weight>
    static In finish(const FullyConnected& a,
                     const Shape& s,
                     const Data<In, Weight>& d,
                     std::uint32_t sum,
                     std::uint32_t o) {
        const auto* bias = static_cast<const std::int32_t*>(d.bias);
        const std::uint32_t added = bias == nullptr ? 0U : static_cast<std::uint32_t>(bias[o]);
        const std::uint32_t r = s.requants == 1 ? 0 : o;
        const std::int32_t scaled = multiply(static_cast<std::int32_t>(sum + added), d.requant[r],
                                             d.requant[s.requants + r]);
        return static_cast<In>(
            clamp(wrapping_add(scaled, a.output_offset), a.clamp_min, a.clamp_max));
    }
};

/// int16 with a 64-bit sum and bias, and one rounding.
struct Finish64 {
    template <typename In, typename Weight>
    static In finish(const FullyConnected& a,
                     const Shape& s,
                     const Data<In, Weight>& d,
                     std::uint64_t sum,
                     std::uint32_t o) {
        const auto* bias = static_cast<const std::int64_t*>(d.bias);
        const std::uint64_t added = bias == nullptr ? 0U : static_cast<std::uint64_t>(bias[o]);
        const std::uint32_t r = s.requants == 1 ? 0 : o;
        const std::int32_t scaled = multiply64(static_cast<std::int64_t>(sum + added), d.requant[r],
                                               d.requant[s.requants + r]);
        return static_cast<In>(
            clamp(wrapping_add(scaled, a.output_offset), a.clamp_min, a.clamp_max));
    }
};

struct FinishFloat {
    static float finish(const FullyConnected& a,
                        const Shape&,
                        const Data<float, float>& d,
                        float sum,
                        std::uint32_t o) {
        const auto* bias = static_cast<const float*>(d.bias);
        const float total = bias == nullptr ? sum : sum + bias[o];
        const float above = total < a.float_min ? a.float_min : total;
        return above > a.float_max ? a.float_max : above;
    }
};

/// Tiles [first, last): blocks of outputs, row after row.
template <typename Finish, typename Sum, typename In, typename Weight>
static inline void run_blocks(const FullyConnected& a,
                              const Shape& s,
                              const Data<In, Weight>& d,
                              std::uint32_t first,
                              std::uint32_t last) {
    const std::uint32_t blocks = (s.outputs - 1U) / kFullyConnectedBlock + 1U;
    for (std::uint32_t tile = first; tile < last; ++tile) {
        const std::size_t row = tile / blocks;
        const std::uint32_t begin = tile % blocks * kFullyConnectedBlock;
        const std::uint32_t left = s.outputs - begin;
        const std::uint32_t end =
            left < kFullyConnectedBlock ? s.outputs : begin + kFullyConnectedBlock;
        const In* x = d.x + row * s.inputs;
        In* y = d.y + row * s.outputs;
        for (std::uint32_t o = begin; o < end; ++o) {
            y[o] = Finish::finish(a, s, d, dot<Sum>(a, s.inputs, x, d.weights + o * s.inputs), o);
        }
    }
}

}  // namespace verge::kernel::fully_connected_ref
