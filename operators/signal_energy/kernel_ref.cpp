// signal_energy: gives the function of `signal` its operands.

#include <algorithm>

#include "operators/kernel.hpp"
#include "operators/signal_energy/op.hpp"
#include "operators/spans.hpp"
#include "signal/energy.hpp"

namespace verge::kernel {

void signal_energy_s16_any_u32_ref(const Call& call, Tiles) noexcept {
    const auto a = call.attributes<SignalEnergy>();
    const std::span<std::uint32_t> y = output_span<std::uint32_t>(call, 0);
    const auto* pairs = reinterpret_cast<const signal::ComplexI16*>(call.in<std::int16_t>(0));
    signal::energy({pairs, y.size()}, static_cast<std::uint32_t>(a.first),
                   static_cast<std::uint32_t>(a.end), y);
    // The lines that do not count: a run must not show what its memory held before.
    std::fill(y.begin(), y.begin() + a.first, 0U);
    std::fill(y.begin() + a.end, y.end(), 0U);
}

}  // namespace verge::kernel
