// softmax: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/softmax/op.hpp"

namespace verge::kernel {
namespace {

bool has_tables(const Call& call) {
    return call.has(1) && call.has(2) &&
           check::is_vector(call.input(1), plan::Type::s16, kSoftmaxTable) &&
           check::is_vector(call.input(2), plan::Type::s16, kSoftmaxTable);
}

bool is_sound(const Softmax& a, plan::Type type) {
    if (type == plan::Type::f32) {
        return true;
    }
    if (type == plan::Type::s16) {
        return check::is_multiplier(a.input_multiplier, a.input_shift);
    }
    return a.input_multiplier >= 0 && check::is_between(a.input_shift, 0, 31) && a.diff_min <= 0;
}

}  // namespace

/// One row a tile.
std::uint32_t tiles_softmax(const Call& call) {
    const plan::Tensor& y = call.output(0);
    return plan::element_count(y) / y.dims[y.rank - 1U];
}

std::uint32_t scratch_softmax(const Call&) {
    return 0;
}

Fault check_softmax(const Call& call) {
    if (!check::has_operands(call, 1) || call.output(0).rank < 1 || !check::is_all_dense(call) ||
        !check::has_same_dims(call.input(0), call.output(0))) {
        return check::kBadShapes;
    }
    if (call.input(0).type == plan::Type::s16 && !has_tables(call)) {
        return check::kBadShapes;
    }
    return is_sound(call.attributes<Softmax>(), call.input(0).type) ? kOk : check::kBadAttributes;
}

}  // namespace verge::kernel
