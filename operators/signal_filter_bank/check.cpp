// signal_filter_bank: proves that the kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/signal_filter_bank/op.hpp"

namespace verge::kernel {
namespace {

constexpr std::size_t kTables = 5;

bool has_tables(const Call& call) {
    for (std::size_t i = 1; i <= kTables; ++i) {
        if (call.constant<std::int16_t>(i) == nullptr || call.input(i).type != plan::Type::s16) {
            return false;
        }
    }
    const std::uint64_t stretches = std::uint64_t{plan::element_count(call.output(0))} + 1;
    return check::is_vector(call.input(2), plan::Type::s16, plan::element_count(call.input(1))) &&
           check::is_vector(call.input(3), plan::Type::s16, stretches) &&
           check::is_vector(call.input(4), plan::Type::s16, stretches) &&
           check::is_vector(call.input(5), plan::Type::s16, stretches);
}

/// Every stretch lies inside the energies and inside the weights.
bool has_sound_stretches(const Call& call) {
    const auto lines = static_cast<std::int64_t>(plan::element_count(call.input(0)));
    const auto weights = static_cast<std::int64_t>(plan::element_count(call.input(1)));
    for (std::uint32_t i = 0; i < plan::element_count(call.input(3)); ++i) {
        const std::int64_t line = call.constant<std::int16_t>(3)[i];
        const std::int64_t weight = call.constant<std::int16_t>(4)[i];
        const std::int64_t width = call.constant<std::int16_t>(5)[i];
        if (line < 0 || weight < 0 || width < 0 || line + width > lines ||
            weight + width > weights) {
            return false;
        }
    }
    return true;
}

}  // namespace

std::uint32_t tiles_signal_filter_bank(const Call&) {
    return 1;
}

std::uint32_t scratch_signal_filter_bank(const Call&) {
    return 0;
}

Fault check_signal_filter_bank(const Call& call) {
    if (!check::has_operands(call, 1 + kTables) || !check::is_all_dense(call) ||
        !has_tables(call)) {
        return check::kBadShapes;
    }
    return has_sound_stretches(call) ? kOk : check::kBadAttributes;
}

}  // namespace verge::kernel
