#pragma once
// lstm, the truth: TensorFlow Lite Micro's order of sums and its rounding. Portable C++17.

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/fixed_point.hpp"
#include "base/float_functions.hpp"
#include "operators/gates16.hpp"
#include "operators/lstm/op.hpp"

namespace verge::kernel::lstm_ref {

/// Sizes of one call; strides count elements.
struct Shape {
    std::size_t batches;
    std::size_t steps;
    std::size_t inputs;
    std::size_t units;
    std::size_t batch_stride;  // in vectors (of `inputs` or `units`), from one batch to the next
    std::size_t step_stride;   // from one step to the next
};

template <typename In, typename Weight, typename Bias, typename Cell>
struct Data {
    const In* x;
    const Weight* input_weights[4];
    const Weight* recurrent_weights[4];
    const Bias* biases[4];
    In* y;
    In* hidden;
    Cell* cell;
};

/// int8 or int16 with an int16 cell. `Sum` is unsigned: sums of hostile data wrap around.
template <typename In, typename Bias, typename Sum>
struct Integers {
    using Input = In;
    using Weight = std::int8_t;
    using BiasType = Bias;
    using Cell = std::int16_t;

    static std::int32_t rescale(Sum sum, std::int32_t multiplier, std::int32_t shift) {
        if constexpr (sizeof(Sum) == 8) {
            return multiply64(static_cast<std::int64_t>(sum), multiplier, shift);
        } else {
            return multiply(static_cast<std::int32_t>(sum), multiplier, shift);
        }
    }

    static Sum dot(const In* x, const std::int8_t* w, std::size_t n, std::int32_t offset) {
        Sum sum = 0;
        for (std::size_t i = 0; i < n; ++i) {
            sum += static_cast<Sum>(static_cast<std::int32_t>(w[i]) * (x[i] + offset));
        }
        return sum;
    }

    static std::int16_t to_int16(std::int32_t x) {
        return static_cast<std::int16_t>(clamp(x, -32768, 32767));
    }

    /// What goes into the sigmoid or tanh of a gate: Q3.12.
    template <typename D>
    static std::int16_t sum_of(const Lstm& a,
                               const Shape& s,
                               const D& d,
                               const In* x,
                               const In* h,
                               std::size_t gate,
                               std::size_t unit) {
        const Sum in = dot(x, d.input_weights[gate] + unit * s.inputs, s.inputs, a.input_offset) +
                       static_cast<Sum>(d.biases[gate][unit]);
        const Sum back =
            dot(h, d.recurrent_weights[gate] + unit * s.units, s.units, a.hidden_offset);
        const std::size_t second = gate + 4;
        return to_int16(to_int16(rescale(in, a.gate_multipliers[gate], a.gate_shifts[gate])) +
                        to_int16(rescale(back, a.gate_multipliers[second], a.gate_shifts[second])));
    }

    static std::int16_t sigmoid(std::int16_t x) { return sigmoid16(x); }

    static std::int16_t tanh(std::int16_t x) { return tanh16(x); }

    static std::int32_t product(const Lstm& a, std::size_t which, std::int16_t p, std::int16_t q) {
        return multiply(std::int32_t{p} * q, a.product_multipliers[which], a.product_shifts[which]);
    }

    static std::int16_t next_cell(const Lstm& a,
                                  std::int16_t forget,
                                  std::int16_t cell,
                                  std::int16_t input,
                                  std::int16_t candidate) {
        const std::int32_t kept = to_int16(product(a, 0, forget, cell));
        const std::int32_t added = to_int16(product(a, 1, input, candidate));
        const std::int32_t sum = to_int16(kept + added);
        return static_cast<std::int16_t>(
            a.cell_limit < 0 ? sum : clamp(sum, -a.cell_limit, a.cell_limit));
    }

    static In next_hidden(const Lstm& a, std::int16_t output, std::int16_t cell) {
        const std::int16_t squashed = tanh16(cell, {a.tanh_multiplier, a.tanh_shift});
        const std::int32_t value = wrapping_add(product(a, 2, squashed, output), -a.hidden_offset);
        constexpr std::int32_t kMost = sizeof(In) == 1 ? 127 : 32767;
        return static_cast<In>(clamp(value, -kMost - 1, kMost));
    }
};

struct Floats {
    using Input = float;
    using Weight = float;
    using BiasType = float;
    using Cell = float;

    static float dot(const float* x, const float* w, std::size_t n) {
        float sum = 0;
        for (std::size_t i = 0; i < n; ++i) {
            sum += x[i] * w[i];
        }
        return sum;
    }

    template <typename D>
    static float sum_of(const Lstm&,
                        const Shape& s,
                        const D& d,
                        const float* x,
                        const float* h,
                        std::size_t gate,
                        std::size_t unit) {
        const float in =
            dot(x, d.input_weights[gate] + unit * s.inputs, s.inputs) + d.biases[gate][unit];
        return in + dot(h, d.recurrent_weights[gate] + unit * s.units, s.units);
    }

    static float sigmoid(float x) { return logistic_of(x); }

    static float tanh(float x) { return tanh_of(x); }

    static float next_cell(const Lstm& a, float forget, float cell, float input, float candidate) {
        const float sum = forget * cell + input * candidate;
        if (!(a.float_cell_limit > 0)) {
            return sum;
        }
        const float below = sum > a.float_cell_limit ? a.float_cell_limit : sum;
        return below < -a.float_cell_limit ? -a.float_cell_limit : below;
    }

    static float next_hidden(const Lstm&, float output, float cell) {
        return tanh_of(cell) * output;
    }
};

/// One step of one batch: the new cell in place, the new hidden state into y (the old one is read
/// until the last unit is done).
template <typename Numbers, typename D>
static inline void run_step(
    const Lstm& a, const Shape& s, const D& d, std::size_t batch, std::size_t row) {
    using In = typename Numbers::Input;
    const In* x = d.x + row * s.inputs;
    const In* hidden = d.hidden + batch * s.units;
    auto* cell = d.cell + batch * s.units;
    In* y = d.y + row * s.units;
    for (std::size_t u = 0; u < s.units; ++u) {
        const auto input = Numbers::sigmoid(Numbers::sum_of(a, s, d, x, hidden, 0, u));
        const auto forget = Numbers::sigmoid(Numbers::sum_of(a, s, d, x, hidden, 1, u));
        const auto candidate = Numbers::tanh(Numbers::sum_of(a, s, d, x, hidden, 2, u));
        const auto output = Numbers::sigmoid(Numbers::sum_of(a, s, d, x, hidden, 3, u));
        cell[u] = Numbers::next_cell(a, forget, cell[u], input, candidate);
        y[u] = Numbers::next_hidden(a, output, cell[u]);
    }
}

template <typename Numbers, typename D>
static inline void run_sequence(const Lstm& a, const Shape& s, const D& d) {
    for (std::size_t batch = 0; batch < s.batches; ++batch) {
        for (std::size_t step = 0; step < s.steps; ++step) {
            const std::size_t row = batch * s.batch_stride + step * s.step_stride;
            run_step<Numbers>(a, s, d, batch, row);
            std::memmove(d.hidden + batch * s.units, d.y + row * s.units, s.units * sizeof(*d.y));
        }
    }
}

}  // namespace verge::kernel::lstm_ref
