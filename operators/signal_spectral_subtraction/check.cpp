// signal_spectral_subtraction: proves that the kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/signal_spectral_subtraction/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_signal_spectral_subtraction(const Call&) {
    return 1;
}

std::uint32_t scratch_signal_spectral_subtraction(const Call&) {
    return 0;
}

Fault check_signal_spectral_subtraction(const Call& call) {
    const bool is_there =
        call.input_count() == 2 && call.has(0) && call.has(1) && call.output_count() == 2;
    if (!is_there || !check::is_all_dense(call) || &call.input(1) != &call.output(1) ||
        !check::has_same_dims(call.input(0), call.output(0)) ||
        !check::is_vector(call.output(1), plan::Type::u32, plan::element_count(call.input(0)))) {
        return check::kBadShapes;
    }
    const auto a = call.attributes<SignalSpectralSubtraction>();
    const bool is_sound = check::is_between(a.smoothing_bits, 0, 31) &&
                          check::is_between(a.spectral_subtraction_bits, 0, 31);
    return is_sound ? kOk : check::kBadAttributes;
}

}  // namespace verge::kernel
