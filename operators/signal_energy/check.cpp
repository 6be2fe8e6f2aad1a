// signal_energy: proves that the kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/signal_energy/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_signal_energy(const Call&) {
    return 1;
}

std::uint32_t scratch_signal_energy(const Call&) {
    return 0;
}

Fault check_signal_energy(const Call& call) {
    if (!check::has_operands(call, 1) || !check::is_all_dense(call) ||
        plan::element_count(call.input(0)) !=
            std::uint64_t{2} * plan::element_count(call.output(0))) {
        return check::kBadShapes;
    }
    const auto a = call.attributes<SignalEnergy>();
    const bool is_range = a.first >= 0 && a.end >= a.first &&
                          static_cast<std::uint32_t>(a.end) <= plan::element_count(call.output(0));
    return is_range ? kOk : check::kBadAttributes;
}

}  // namespace verge::kernel
