// clamp: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/clamp/op.hpp"
#include "operators/elementwise.hpp"

namespace verge::kernel {

std::uint32_t tiles_clamp(const Call& call) {
    return elementwise::tiles_of(call);
}

std::uint32_t scratch_clamp(const Call&) {
    return 0;
}

Fault check_clamp(const Call& call) {
    if (!check::has_operands(call, 1) || !check::is_all_dense(call) ||
        !check::has_same_dims(call.input(0), call.output(0))) {
        return check::kBadShapes;
    }
    const auto a = call.attributes<Clamp>();
    const bool is_sound = check::is_multiplier(a.multiplier, a.shift) &&
                          check::is_between(a.input_offset, -65536, 65536);
    return is_sound ? kOk : check::kBadAttributes;
}

}  // namespace verge::kernel
