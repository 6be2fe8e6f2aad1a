// signal_filter_bank: gives the function of `signal` its operands.

#include "operators/kernel.hpp"
#include "operators/signal_filter_bank/op.hpp"
#include "operators/spans.hpp"
#include "signal/filter_bank.hpp"

namespace verge::kernel {

void signal_filter_bank_u32_s16_u64_ref(const Call& call, Tiles) noexcept {
    const signal::FilterBank bank{
        input_span<std::int16_t>(call, 1), input_span<std::int16_t>(call, 2),
        input_span<std::int16_t>(call, 3), input_span<std::int16_t>(call, 4),
        input_span<std::int16_t>(call, 5)};
    signal::accumulate_channels(bank, input_span<std::uint32_t>(call, 0),
                                output_span<std::uint64_t>(call, 0));
}

}  // namespace verge::kernel
