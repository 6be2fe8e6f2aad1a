#pragma once
// svdf, the truth: TensorFlow Lite Micro's order of sums and its rounding. Portable C++17.

#include <cstddef>
#include <cstdint>
#include <limits>

#include "base/fixed_point.hpp"
#include "operators/svdf/op.hpp"

namespace verge::kernel::svdf_ref {

struct Shape {
    std::size_t batches;
    std::size_t inputs;
    std::size_t units;
    std::size_t rank;
    std::size_t memory;  // steps
};

template <typename In, typename Bias, typename State>
struct Data {
    const In* x;
    const In* feature_weights;
    const State* time_weights;
    const Bias* bias;  // or nullptr
    State* state;
    In* y;
};

/// int8 with a state of `State`. Sums are unsigned: those of hostile data wrap around.
template <typename State>
struct Integers {
    using In = std::int8_t;
    using Bias = std::int32_t;
    using StateType = State;
    using Sum = std::uint32_t;

    static State feature(const Svdf& a, const In* x, const In* w, std::size_t n) {
        Sum sum = 0;
        for (std::size_t i = 0; i < n; ++i) {
            sum += static_cast<Sum>(std::int32_t{w[i]} * (x[i] + a.input_offset));
        }
        const std::int32_t scaled =
            multiply(static_cast<std::int32_t>(sum), a.multipliers[0], a.shifts[0]);
        constexpr std::int32_t kLeast = std::numeric_limits<State>::min();
        constexpr std::int32_t kMost = std::numeric_limits<State>::max();
        return static_cast<State>(a.state_offset + clamp(scaled, kLeast, kMost));
    }

    static Sum over_time(const Svdf& a, const State* state, const State* w, std::size_t n) {
        Sum sum = 0;
        for (std::size_t i = 0; i < n; ++i) {
            // 16 times 17 bits: the product is taken unsigned, for it may need 33.
            sum +=
                static_cast<Sum>(std::int32_t{w[i]}) * static_cast<Sum>(state[i] - a.state_offset);
        }
        return sum;
    }

    static In finish(const Svdf& a, Sum sum) {
        const std::int32_t scaled =
            multiply(static_cast<std::int32_t>(sum), a.multipliers[1], a.shifts[1]);
        return static_cast<In>(clamp(wrapping_add(scaled, a.output_offset), -128, 127));
    }
};

struct Floats {
    using In = float;
    using Bias = float;
    using StateType = float;
    using Sum = float;

    static float dot(const float* x, const float* w, std::size_t n) {
        float sum = 0;
        for (std::size_t i = 0; i < n; ++i) {
            sum += x[i] * w[i];
        }
        return sum;
    }

    static float feature(const Svdf&, const float* x, const float* w, std::size_t n) {
        return dot(x, w, n);
    }

    static float over_time(const Svdf&, const float* state, const float* w, std::size_t n) {
        return dot(state, w, n);
    }

    static float finish(const Svdf& a, float sum) {
        const float above = sum < a.float_min ? a.float_min : sum;
        return above > a.float_max ? a.float_max : above;
    }
};

/// The memory of one filter moves on by a step; the newest feature comes last.
template <typename Numbers, typename D>
static inline void remember(
    const Svdf& a, const Shape& s, const D& d, std::size_t batch, std::size_t filter) {
    auto* memory = d.state + (batch * s.units * s.rank + filter) * s.memory;
    for (std::size_t i = 0; i + 1 < s.memory; ++i) {
        memory[i] = memory[i + 1];
    }
    memory[s.memory - 1] = Numbers::feature(a, d.x + batch * s.inputs,
                                            d.feature_weights + filter * s.inputs, s.inputs);
}

template <typename Numbers, typename D>
static inline void run_batches(const Svdf& a, const Shape& s, const D& d) {
    for (std::size_t batch = 0; batch < s.batches; ++batch) {
        for (std::size_t unit = 0; unit < s.units; ++unit) {
            auto sum = d.bias == nullptr ? typename Numbers::Sum{0}
                                         : static_cast<typename Numbers::Sum>(d.bias[unit]);
            for (std::size_t filter = unit * s.rank; filter < (unit + 1) * s.rank; ++filter) {
                remember<Numbers>(a, s, d, batch, filter);
                sum +=
                    Numbers::over_time(a, d.state + (batch * s.units * s.rank + filter) * s.memory,
                                       d.time_weights + filter * s.memory, s.memory);
            }
            d.y[batch * s.units + unit] = Numbers::finish(a, sum);
        }
    }
}

}  // namespace verge::kernel::svdf_ref
