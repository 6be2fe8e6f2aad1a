// fully_connected: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/fully_connected/op.hpp"

namespace verge::kernel {
namespace {

using check::is_between;

std::uint32_t outputs_of(const Call& call) {
    return call.output(0).dims[call.output(0).rank - 1U];
}

bool is_sound(const FullyConnected& a) {
    return is_between(a.input_offset, -32768, 32768) && is_between(a.weight_offset, -255, 255) &&
           is_between(a.output_offset, -32768, 32767) && is_between(a.rounding, 0, 1);
}

/// weights [O,I], x B*I elements, output B*O elements.
bool has_sound_shapes(const Call& call) {
    const plan::Tensor& weights = call.input(1);
    if (weights.rank != 2 || call.output(0).rank < 1 || weights.dims[0] != outputs_of(call)) {
        return false;
    }
    const std::uint64_t rows = plan::element_count(call.output(0)) / weights.dims[0];
    return rows * weights.dims[1] == plan::element_count(call.input(0));
}

bool has_sound_bias(const Call& call, const FullyConnected& a) {
    const plan::Type type = call.input(0).type;
    const plan::Type wanted = type == plan::Type::f32                      ? plan::Type::f32
                              : type == plan::Type::s16 && a.rounding == 1 ? plan::Type::s64
                                                                           : plan::Type::s32;
    return !call.has(2) || check::is_vector(call.input(2), wanted, outputs_of(call));
}

bool has_sound_requant(const Call& call, const FullyConnected& a) {
    const std::int32_t most = a.rounding == 1 ? 7 : 30;
    return check::is_requant(call, 3, outputs_of(call), most) ||
           check::is_requant(call, 3, 1, most);
}

}  // namespace

std::uint32_t tiles_fully_connected(const Call& call) {
    const std::uint32_t outputs = outputs_of(call);
    const std::uint32_t blocks = (outputs - 1U) / kFullyConnectedBlock + 1U;
    return plan::element_count(call.output(0)) / outputs * blocks;
}

std::uint32_t scratch_fully_connected(const Call&) {
    return 0;
}

Fault check_fully_connected(const Call& call) {
    if (!check::has_operands(call, 2) || !check::is_all_dense(call) || !has_sound_shapes(call)) {
        return check::kBadShapes;
    }
    const auto a = call.attributes<FullyConnected>();
    if (!is_sound(a)) {
        return check::kBadAttributes;
    }
    const bool is_float = call.output(0).type == plan::Type::f32;
    if (!has_sound_bias(call, a) || !(is_float || has_sound_requant(call, a))) {
        return check::kBadShapes;
    }
    return kOk;
}

}  // namespace verge::kernel
