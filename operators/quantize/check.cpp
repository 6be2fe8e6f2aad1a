// quantize: proves that every kernel stays in bounds and that its arithmetic is defined.

#include "operators/check.hpp"

#include "operators/elementwise.hpp"
#include "operators/quantize/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_quantize(const Call& call) {
    return elementwise::tiles_of(call);
}

std::uint32_t scratch_quantize(const Call&) {
    return 0;
}

Fault check_quantize(const Call& call) {
    if (!check::has_operands(call, 1) || !check::is_all_dense(call) ||
        !check::has_same_dims(call.input(0), call.output(0))) {
        return check::kBadShapes;
    }
    const auto a = call.attributes<Quantize>();
    const bool is_sound = call.input(0).type == plan::Type::f32
                              ? a.scale > 0.0F
                              : check::is_multiplier(a.multiplier, a.shift);
    return is_sound ? kOk : check::kBadAttributes;
}

}  // namespace verge::kernel
