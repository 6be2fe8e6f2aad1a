// signal_pcan: proves that the kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/signal_pcan/op.hpp"
#include "signal/pcan.hpp"

namespace verge::kernel {

std::uint32_t tiles_signal_pcan(const Call&) {
    return 1;
}

std::uint32_t scratch_signal_pcan(const Call&) {
    return 0;
}

Fault check_signal_pcan(const Call& call) {
    if (!check::has_operands(call, 3) || !check::is_all_dense(call) ||
        !check::has_same_dims(call.input(0), call.output(0)) ||
        !check::is_vector(call.input(1), plan::Type::u32, plan::element_count(call.input(0))) ||
        !check::is_vector(call.input(2), plan::Type::s16, signal::kGainTableSize)) {
        return check::kBadShapes;
    }
    return check::is_between(call.attributes<SignalPcan>().snr_shift, 0, 31)
               ? kOk
               : check::kBadAttributes;
}

}  // namespace verge::kernel
