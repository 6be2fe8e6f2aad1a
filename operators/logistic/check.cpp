// logistic: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/elementwise.hpp"
#include "operators/logistic/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_logistic(const Call& call) {
    return elementwise::tiles_of(call);
}

std::uint32_t scratch_logistic(const Call&) {
    return 0;
}

Fault check_logistic(const Call& call) {
    if (!check::has_operands(call, 1) || !check::is_all_dense(call) ||
        !check::has_same_dims(call.input(0), call.output(0))) {
        return check::kBadShapes;
    }
    if (call.input(0).type == plan::Type::f32) {
        return kOk;
    }
    if (!call.has(1) || !check::is_vector(call.input(1), plan::Type::u16, kLogisticTable)) {
        return check::kBadShapes;
    }
    const auto a = call.attributes<Logistic>();
    // With these bounds the product and its rounding stay below 2^31.
    return check::is_between(a.input_multiplier, 0, 32767) &&
                   check::is_between(a.input_shift, 0, 31)
               ? kOk
               : check::kBadAttributes;
}

}  // namespace verge::kernel
