// signal_window: gives the function of `signal` its operands.

#include "operators/kernel.hpp"
#include "operators/signal_window/op.hpp"
#include "operators/spans.hpp"
#include "signal/window.hpp"

namespace verge::kernel {

void signal_window_s16_s16_s16_ref(const Call& call, Tiles) noexcept {
    signal::apply_window(input_span<std::int16_t>(call, 0), input_span<std::int16_t>(call, 1),
                         call.attributes<SignalWindow>().shift, output_span<std::int16_t>(call, 0));
}

}  // namespace verge::kernel
