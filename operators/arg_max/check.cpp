// arg_max: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/arg_max/op.hpp"
#include "operators/elementwise.hpp"
#include "operators/movement.hpp"

namespace verge::kernel {

std::uint32_t tiles_arg_max(const Call& call) {
    return elementwise::tiles_of(call);
}

std::uint32_t scratch_arg_max(const Call&) {
    return 0;
}

Fault check_arg_max(const Call& call) {
    if (!check::has_operands(call, 1) || !check::is_all_dense(call)) {
        return check::kBadShapes;
    }
    const auto a = call.attributes<ArgMax>();
    if (a.axis < 0 || a.axis >= call.input(0).rank) {
        return check::kBadAttributes;
    }
    const bool fits =
        movement::is_slice_of(call.output(0), call.input(0), static_cast<std::uint32_t>(a.axis));
    return fits ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
