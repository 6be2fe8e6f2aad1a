// signal_pcan: gives the function of `signal` its operands.

#include "operators/kernel.hpp"
#include "operators/signal_pcan/op.hpp"
#include "operators/spans.hpp"
#include "signal/pcan.hpp"

namespace verge::kernel {

void signal_pcan_u32_u32_u32_ref(const Call& call, Tiles) noexcept {
    signal::normalise_amplitude(
        input_span<std::uint32_t>(call, 0), input_span<std::uint32_t>(call, 1),
        input_span<std::int16_t>(call, 2), call.attributes<SignalPcan>().snr_shift,
        output_span<std::uint32_t>(call, 0));
}

}  // namespace verge::kernel
