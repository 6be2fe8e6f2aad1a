// pad: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/pad/op.hpp"

namespace verge::kernel {

/// One row of the last axis a tile.
std::uint32_t tiles_pad(const Call& call) {
    const plan::Tensor& y = call.output(0);
    return plan::element_count(y) / y.dims[y.rank - 1U];
}

std::uint32_t scratch_pad(const Call&) {
    return 0;
}

Fault check_pad(const Call& call) {
    if (!check::has_operands(call, 1) || !check::is_all_dense(call)) {
        return check::kBadShapes;
    }
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& y = call.output(0);
    if (x.rank < 1 || x.rank != y.rank || x.type != y.type || x.type == plan::Type::s4) {
        return check::kBadShapes;
    }
    const auto a = call.attributes<Pad>();
    for (std::uint32_t i = 0; i < x.rank; ++i) {
        if (a.before[i] < 0 ||
            std::uint64_t{x.dims[i]} + static_cast<std::uint32_t>(a.before[i]) > y.dims[i]) {
            return check::kBadAttributes;
        }
    }
    return kOk;
}

}  // namespace verge::kernel
