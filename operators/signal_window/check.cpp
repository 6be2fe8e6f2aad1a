// signal_window: proves that the kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/signal_window/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_signal_window(const Call&) {
    return 1;
}

std::uint32_t scratch_signal_window(const Call&) {
    return 0;
}

Fault check_signal_window(const Call& call) {
    if (!check::has_operands(call, 2) || !check::is_all_dense(call) ||
        !check::has_same_dims(call.input(0), call.output(0))) {
        return check::kBadShapes;
    }
    return check::is_between(call.attributes<SignalWindow>().shift, 0, 31) ? kOk
                                                                           : check::kBadAttributes;
}

}  // namespace verge::kernel
