// mean: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/elementwise.hpp"
#include "operators/mean/op.hpp"

namespace verge::kernel {
namespace {

/// The output has as many elements as x has along the axes that stay.
bool has_sound_output(const Call& call, const Mean& a) {
    const plan::Tensor& x = call.input(0);
    std::uint32_t kept = 1;
    for (std::uint32_t i = 0; i < x.rank; ++i) {
        kept *= a.reduces[i] != 0 ? 1 : x.dims[i];
    }
    return kept == plan::element_count(call.output(0));
}

}  // namespace

std::uint32_t tiles_mean(const Call& call) {
    return plan::element_count(call.output(0));
}

std::uint32_t scratch_mean(const Call&) {
    return 0;
}

Fault check_mean(const Call& call) {
    const auto a = call.attributes<Mean>();
    if (!check::has_operands(call, 1) || !check::is_all_dense(call) || !has_sound_output(call, a)) {
        return check::kBadShapes;
    }
    const bool is_sound = check::is_multiplier(a.multiplier, a.shift) &&
                          check::is_between(a.output_offset, -32768, 32767);
    return is_sound ? kOk : check::kBadAttributes;
}

}  // namespace verge::kernel
