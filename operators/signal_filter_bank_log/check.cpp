// signal_filter_bank_log: proves that the kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/signal_filter_bank_log/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_signal_filter_bank_log(const Call&) {
    return 1;
}

std::uint32_t scratch_signal_filter_bank_log(const Call&) {
    return 0;
}

Fault check_signal_filter_bank_log(const Call& call) {
    if (!check::has_operands(call, 1) || !check::is_all_dense(call) ||
        !check::has_same_dims(call.input(0), call.output(0))) {
        return check::kBadShapes;
    }
    const std::int32_t bits = call.attributes<SignalFilterBankLog>().input_correction_bits;
    return check::is_between(bits, 0, 31) ? kOk : check::kBadAttributes;
}

}  // namespace verge::kernel
