// hard_swish: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/elementwise.hpp"
#include "operators/hard_swish/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_hard_swish(const Call& call) {
    return elementwise::tiles_of(call);
}

std::uint32_t scratch_hard_swish(const Call&) {
    return 0;
}

Fault check_hard_swish(const Call& call) {
    if (!check::has_operands(call, 1) || !check::is_all_dense(call) ||
        !check::has_same_dims(call.input(0), call.output(0))) {
        return check::kBadShapes;
    }
    return kOk;
}

}  // namespace verge::kernel
