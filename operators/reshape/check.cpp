// reshape: proves that the copy stays in bounds.

#include "operators/check.hpp"

#include "operators/elementwise.hpp"
#include "operators/reshape/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_reshape(const Call& call) {
    return elementwise::tiles_of(call);
}

std::uint32_t scratch_reshape(const Call&) {
    return 0;
}

Fault check_reshape(const Call& call) {
    const bool is_sound = check::has_operands(call, 1) && check::is_all_dense(call) &&
                          call.input(0).type == call.output(0).type &&
                          plan::element_count(call.input(0)) == plan::element_count(call.output(0));
    return is_sound ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
