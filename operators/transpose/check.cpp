// transpose: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/transpose/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_transpose(const Call& call) {
    return call.output(0).rank == 0 ? 1 : call.output(0).dims[0];
}

std::uint32_t scratch_transpose(const Call&) {
    return 0;
}

Fault check_transpose(const Call& call) {
    if (!check::has_operands(call, 1) || !check::is_all_dense(call) ||
        call.input(0).type != call.output(0).type || call.input(0).rank != call.output(0).rank) {
        return check::kBadShapes;
    }
    const auto a = call.attributes<Transpose>();
    std::uint32_t seen = 0;
    for (std::uint32_t i = 0; i < call.input(0).rank; ++i) {
        if (a.axes[i] < 0 || a.axes[i] >= call.input(0).rank) {
            return check::kBadAttributes;
        }
        const auto axis = static_cast<std::uint32_t>(a.axes[i]);
        seen |= 1U << axis;
        if (call.output(0).dims[i] != call.input(0).dims[axis]) {
            return check::kBadShapes;
        }
    }
    return seen == (1U << call.input(0).rank) - 1U ? kOk : check::kBadAttributes;
}

}  // namespace verge::kernel
