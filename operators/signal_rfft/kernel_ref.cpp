// signal_rfft: gives the function of `signal` its operands.

#include "operators/kernel.hpp"
#include "operators/signal_rfft/op.hpp"
#include "operators/spans.hpp"
#include "signal/fft.hpp"

namespace verge::kernel {

void signal_rfft_s16_s16_s16_ref(const Call& call, Tiles) noexcept {
    const plan::Tensor& x = call.input(0);
    const std::size_t samples = x.dims[x.rank - 1U];
    const auto lines = static_cast<std::size_t>(call.attributes<SignalRfft>().length) / 2 + 1;
    const std::size_t rows = plan::element_count(x) / samples;
    auto* y = reinterpret_cast<signal::ComplexI16*>(call.out<std::int16_t>(0));
    for (std::size_t row = 0; row < rows; ++row) {
        signal::rfft({call.in<std::int16_t>(0) + row * samples, samples},
                     input_span<std::int16_t>(call, 1), {y + row * lines, lines});
    }
}

}  // namespace verge::kernel
