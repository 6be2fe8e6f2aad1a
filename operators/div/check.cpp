// div: proves that every kernel stays in bounds and that its arithmetic is defined.

#include "operators/broadcast.hpp"
#include "operators/div/op.hpp"

namespace verge::kernel {
namespace {

bool is_sound(const Div& a) {
    using check::is_between;
    return is_between(a.input1_offset, -32768, 32768) &&
           is_between(a.input2_offset, -32768, 32768) &&
           is_between(a.output_offset, -32768, 32767) &&
           check::is_multiplier(a.multiplier, a.shift);
}

}  // namespace

std::uint32_t tiles_div(const Call& call) {
    return elementwise::tiles_of(call);
}

std::uint32_t scratch_div(const Call&) {
    return 0;
}

Fault check_div(const Call& call) {
    if (!broadcast::is_sound(call)) {
        return check::kBadShapes;
    }
    const plan::Type type = call.output(0).type;
    const bool is_plain = type == plan::Type::f32 || type == plan::Type::s32;
    return is_plain || is_sound(call.attributes<Div>()) ? kOk : check::kBadAttributes;
}

}  // namespace verge::kernel
