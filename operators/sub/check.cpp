// sub: proves that every kernel stays in bounds and that its arithmetic is defined.

#include "operators/scaled_sum.hpp"
#include "operators/sub/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_sub(const Call& call) {
    return elementwise::tiles_of(call);
}

std::uint32_t scratch_sub(const Call&) {
    return 0;
}

Fault check_sub(const Call& call) {
    if (!broadcast::is_sound(call)) {
        return check::kBadShapes;
    }
    const plan::Type type = call.output(0).type;
    const bool is_plain = type == plan::Type::f32 || type == plan::Type::s32;
    return is_plain || scaled_sum::is_sound(call.attributes<Sub>()) ? kOk : check::kBadAttributes;
}

}  // namespace verge::kernel
