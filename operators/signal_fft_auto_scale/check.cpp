// signal_fft_auto_scale: proves that the kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/signal_fft_auto_scale/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_signal_fft_auto_scale(const Call&) {
    return 1;
}

std::uint32_t scratch_signal_fft_auto_scale(const Call&) {
    return 0;
}

Fault check_signal_fft_auto_scale(const Call& call) {
    const bool is_sound = call.input_count() == 1 && call.has(0) && call.output_count() == 2 &&
                          check::is_all_dense(call) &&
                          check::has_same_dims(call.input(0), call.output(0)) &&
                          check::is_vector(call.output(1), plan::Type::s32, 1);
    return is_sound ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
