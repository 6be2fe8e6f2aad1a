// prelu: proves that every kernel stays in bounds.

#include "operators/broadcast.hpp"
#include "operators/prelu/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_prelu(const Call& call) {
    return elementwise::tiles_of(call);
}

std::uint32_t scratch_prelu(const Call&) {
    return 0;
}

Fault check_prelu(const Call& call) {
    if (!broadcast::is_sound(call) || !check::has_same_dims(call.input(0), call.output(0))) {
        return check::kBadShapes;
    }
    const auto a = call.attributes<Prelu>();
    const bool is_sound = check::is_multiplier(a.multiplier, a.shift) &&
                          check::is_multiplier(a.alpha_multiplier, a.alpha_shift) &&
                          check::is_between(a.input_offset, -255, 255) &&
                          check::is_between(a.alpha_offset, -255, 255);
    return is_sound ? kOk : check::kBadAttributes;
}

}  // namespace verge::kernel
