// signal_fft_auto_scale: gives the function of `signal` its operands.

#include "operators/kernel.hpp"
#include "operators/signal_fft_auto_scale/op.hpp"
#include "operators/spans.hpp"
#include "signal/fft.hpp"

namespace verge::kernel {

void signal_fft_auto_scale_s16_any_s16_ref(const Call& call, Tiles) noexcept {
    *call.out<std::int32_t>(1) =
        signal::auto_scale(input_span<std::int16_t>(call, 0), output_span<std::int16_t>(call, 0));
}

}  // namespace verge::kernel
