// signal_filter_bank_square_root: gives the function of `signal` its operands.

#include "base/fixed_point.hpp"
#include "operators/kernel.hpp"
#include "operators/signal_filter_bank_square_root/op.hpp"
#include "operators/spans.hpp"
#include "signal/square_root.hpp"

namespace verge::kernel {

void signal_filter_bank_square_root_u64_s32_u32_ref(const Call& call, Tiles) noexcept {
    const std::int32_t scale = clamp(*call.in<std::int32_t>(1), 0, 31);
    signal::channel_square_roots(input_span<std::uint64_t>(call, 0), scale,
                                 output_span<std::uint32_t>(call, 0));
}

}  // namespace verge::kernel
