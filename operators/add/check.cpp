// add: proves that every kernel stays in bounds and that its arithmetic is defined.

#include "operators/add/op.hpp"
#include "operators/scaled_sum.hpp"

namespace verge::kernel {

std::uint32_t tiles_add(const Call& call) {
    return elementwise::tiles_of(call);
}

std::uint32_t scratch_add(const Call&) {
    return 0;
}

Fault check_add(const Call& call) {
    if (!broadcast::is_sound(call)) {
        return check::kBadShapes;
    }
    const plan::Type type = call.output(0).type;
    const bool is_plain = type == plan::Type::f32 || type == plan::Type::s32;
    return is_plain || scaled_sum::is_sound(call.attributes<Add>()) ? kOk : check::kBadAttributes;
}

}  // namespace verge::kernel
