// svdf: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/svdf/op.hpp"

namespace verge::kernel {
namespace {

using plan::Type;

bool has_every_operand(const Call& call) {
    return call.input_count() == svdf::kInputs && call.output_count() == 2 && call.has(0) &&
           call.has(svdf::kFeatureWeights) && call.has(svdf::kTimeWeights) &&
           call.has(svdf::kState) && call.input(0).rank == 2 &&
           call.input(svdf::kTimeWeights).rank == 2 && call.output(0).rank == 2 &&
           check::is_all_dense(call);
}

bool has_sound_numbers(const Svdf& a) {
    return check::is_multiplier(a.multipliers[0], a.shifts[0]) &&
           check::is_multiplier(a.multipliers[1], a.shifts[1]) &&
           check::is_between(a.input_offset, -255, 255) &&
           check::is_between(a.state_offset, -32768, 32767);
}

/// Float throughout; or int8 with a state, and time weights, of int8 or int16.
bool has_known_types(const Call& call) {
    const Type state = call.input(svdf::kState).type;
    const Type x = call.input(0).type;
    const bool is_known =
        x == Type::f32 ? state == Type::f32 : state == Type::s8 || state == Type::s16;
    return is_known && call.output(0).type == x && call.input(svdf::kFeatureWeights).type == x &&
           call.input(svdf::kTimeWeights).type == state;
}

}  // namespace

std::uint32_t tiles_svdf(const Call&) {
    return 1;
}

std::uint32_t scratch_svdf(const Call&) {
    return 0;
}

Fault check_svdf(const Call& call) {
    if (!has_every_operand(call) || !has_known_types(call)) {
        return check::kBadShapes;
    }
    const auto a = call.attributes<Svdf>();
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& y = call.output(0);
    const plan::Tensor& time = call.input(svdf::kTimeWeights);
    const bool is_float = x.type == Type::f32;
    if (a.rank < 1 || !(is_float || has_sound_numbers(a))) {
        return check::kBadAttributes;
    }
    const std::uint64_t filters = time.dims[0];
    const bool is_sound =
        x.dims[0] == y.dims[0] &&
        filters == std::uint64_t{y.dims[1]} * static_cast<std::uint32_t>(a.rank) &&
        check::is_vector(call.input(svdf::kFeatureWeights), x.type, filters * x.dims[1]) &&
        (!call.has(svdf::kBias) ||
         check::is_vector(call.input(svdf::kBias), is_float ? Type::f32 : Type::s32, y.dims[1])) &&
        &call.input(svdf::kState) == &call.output(1) &&
        check::is_vector(call.output(1), time.type,
                         std::uint64_t{x.dims[0]} * filters * time.dims[1]);
    return is_sound ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
