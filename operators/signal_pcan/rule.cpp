// signal_pcan: shapes and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/signal_pcan/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(SignalPcan, snr_shift),
};

/// Signal and noise are read before the output is written; the gains are constant.
std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    return input < 2 ? overlap_elementwise(call, input) : std::nullopt;
}

}  // namespace

namespace rule {
const Rule signal_pcan{.infer = infer_like_input, .overlap = overlap, .fields = kFields};
}  // namespace rule

}  // namespace verge
