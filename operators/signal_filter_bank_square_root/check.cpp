// signal_filter_bank_square_root: proves that the kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/signal_filter_bank_square_root/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_signal_filter_bank_square_root(const Call&) {
    return 1;
}

std::uint32_t scratch_signal_filter_bank_square_root(const Call&) {
    return 0;
}

Fault check_signal_filter_bank_square_root(const Call& call) {
    const bool is_sound = check::has_operands(call, 2) && check::is_all_dense(call) &&
                          check::has_same_dims(call.input(0), call.output(0)) &&
                          check::is_vector(call.input(1), plan::Type::s32, 1);
    return is_sound ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
