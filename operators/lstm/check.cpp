// lstm: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/gates16.hpp"
#include "operators/lstm/op.hpp"

namespace verge::kernel {
namespace {

using plan::Type;

struct Sizes {
    std::uint64_t batches;
    std::uint64_t inputs;
    std::uint64_t units;
};

Sizes sizes_of(const Call& call, const Lstm& a) {
    const plan::Tensor& x = call.input(0);
    return {x.dims[a.time_major != 0 ? 1 : 0], x.dims[2], call.output(0).dims[2]};
}

bool has_every_operand(const Call& call) {
    if (call.input_count() != lstm::kInputs || call.output_count() != lstm::kOutputs) {
        return false;
    }
    for (std::size_t i = 0; i < lstm::kInputs; ++i) {
        if (!call.has(i)) {
            return false;
        }
    }
    return call.input(0).rank == 3 && call.output(0).rank == 3 && check::is_all_dense(call);
}

/// The state is written through the outputs: they must be the tensors that are read.
bool has_state(const Call& call, Type cell_type, std::uint64_t count) {
    return &call.input(lstm::kHidden) == &call.output(1) &&
           &call.input(lstm::kCell) == &call.output(2) &&
           check::is_vector(call.output(1), call.input(0).type, count) &&
           check::is_vector(call.output(2), cell_type, count);
}

bool has_weights(const Call& call, const Sizes& s, Type weight, Type bias) {
    for (std::size_t gate = 0; gate < 4; ++gate) {
        if (!check::is_vector(call.input(lstm::kInputWeights + gate), weight, s.units * s.inputs) ||
            !check::is_vector(call.input(lstm::kRecurrentWeights + gate), weight,
                              s.units * s.units) ||
            !check::is_vector(call.input(lstm::kBiases + gate), bias, s.units)) {
            return false;
        }
    }
    return true;
}

bool has_sound_numbers(const Lstm& a, Type type) {
    const std::int32_t most = type == Type::s16 ? 7 : 30;
    for (std::size_t i = 0; i < 8; ++i) {
        if (!check::is_multiplier(a.gate_multipliers[i], a.gate_shifts[i]) ||
            a.gate_shifts[i] > most) {
            return false;
        }
    }
    for (std::size_t i = 0; i < 3; ++i) {
        if (!check::is_multiplier(a.product_multipliers[i], a.product_shifts[i])) {
            return false;
        }
    }
    return gates16::is_sound({a.tanh_multiplier, a.tanh_shift}) &&
           check::is_between(a.input_offset, -32768, 32768) &&
           check::is_between(a.hidden_offset, -32768, 32768) && a.cell_limit <= 32767;
}

Type bias_of(Type type) {
    return type == Type::f32 ? Type::f32 : type == Type::s16 ? Type::s64 : Type::s32;
}

}  // namespace

std::uint32_t tiles_lstm(const Call&) {
    return 1;
}

std::uint32_t scratch_lstm(const Call&) {
    return 0;
}

Fault check_lstm(const Call& call) {
    if (!has_every_operand(call)) {
        return check::kBadShapes;
    }
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& y = call.output(0);
    const auto a = call.attributes<Lstm>();
    const Sizes s = sizes_of(call, a);
    const bool is_float = x.type == Type::f32;
    if (x.dims[0] != y.dims[0] || x.dims[1] != y.dims[1] || y.type != x.type ||
        !has_state(call, is_float ? Type::f32 : Type::s16, s.batches * s.units) ||
        !has_weights(call, s, is_float ? Type::f32 : Type::s8, bias_of(x.type))) {
        return check::kBadShapes;
    }
    return is_float || has_sound_numbers(a, x.type) ? kOk : check::kBadAttributes;
}

}  // namespace verge::kernel
