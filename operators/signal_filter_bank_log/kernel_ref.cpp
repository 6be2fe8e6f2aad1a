// signal_filter_bank_log: gives the function of `signal` its operands.

#include "operators/kernel.hpp"
#include "operators/signal_filter_bank_log/op.hpp"
#include "operators/spans.hpp"
#include "signal/log.hpp"

namespace verge::kernel {

void signal_filter_bank_log_u32_any_s16_ref(const Call& call, Tiles) noexcept {
    const auto a = call.attributes<SignalFilterBankLog>();
    signal::channel_logs(input_span<std::uint32_t>(call, 0),
                         static_cast<std::uint32_t>(a.output_scale), a.input_correction_bits,
                         output_span<std::int16_t>(call, 0));
}

}  // namespace verge::kernel
