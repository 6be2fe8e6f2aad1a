// signal_rfft: proves that the kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/signal_rfft/op.hpp"

namespace verge::kernel {
namespace {

std::uint32_t rows_of(const plan::Tensor& tensor) {
    return plan::element_count(tensor) / tensor.dims[tensor.rank - 1U];
}

bool is_length(std::int32_t length) {
    return length >= 4 && length <= (1 << 20) && (length & (length - 1)) == 0;
}

}  // namespace

std::uint32_t tiles_signal_rfft(const Call&) {
    return 1;
}

std::uint32_t scratch_signal_rfft(const Call&) {
    return 0;
}

Fault check_signal_rfft(const Call& call) {
    if (!check::has_operands(call, 2) || !check::is_all_dense(call) || call.input(0).rank < 1 ||
        call.input(0).rank != call.output(0).rank) {
        return check::kBadShapes;
    }
    const std::int32_t length = call.attributes<SignalRfft>().length;
    if (!is_length(length)) {
        return check::kBadAttributes;
    }
    const auto samples = static_cast<std::uint32_t>(length);
    const plan::Tensor& y = call.output(0);
    const bool is_sound = rows_of(call.input(0)) == rows_of(y) &&
                          y.dims[y.rank - 1U] == samples + 2 &&
                          check::is_vector(call.input(1), plan::Type::s16, samples / 4 + 1);
    return is_sound ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
