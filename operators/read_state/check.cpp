// read_state: proves that the kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/read_state/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_read_state(const Call&) {
    return 1;
}

std::uint32_t scratch_read_state(const Call&) {
    return 0;
}

Fault check_read_state(const Call& call) {
    const bool is_sound =
        check::has_operands(call, 1) && call.input_count() == 1 && check::is_all_dense(call) &&
        check::is_vector(call.output(0), call.input(0).type, plan::element_count(call.input(0)));
    return is_sound ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
