// The table of packed layouts, gathered from the layouts.inc of the operators.

#include <vector>

#include "operators/lower.hpp"

namespace verge {
namespace lower {
#define VERGE_LAYOUT(op, flavour) extern const Lowering op##_##flavour;
#include "operators/all_layouts.inc"
#undef VERGE_LAYOUT
}  // namespace lower

namespace {

constexpr const Lowering* kLowerings[] = {
#define VERGE_LAYOUT(op, flavour) &lower::op##_##flavour,
#include "operators/all_layouts.inc"
#undef VERGE_LAYOUT
    nullptr,
};

bool has_op(const Lowering& lowering, const Call& call) {
    return static_cast<std::uint16_t>(lowering.op) == call.step().op;
}

bool has_types(const Lowering& lowering, const Call& call) {
    return call.has(0) && call.has(1) && call.input(0).type == lowering.input &&
           call.input(1).type == lowering.weight && call.output(0).type == lowering.output;
}

}  // namespace

std::span<const Lowering* const> all_lowerings() {
    return std::span(kLowerings).first(std::size(kLowerings) - 1);
}

const Lowering* lowering_of(const Call& packed) {
    for (const Lowering* lowering : all_lowerings()) {
        if (has_op(*lowering, packed) && lowering->layout == packed.step().layout) {
            return lowering;
        }
    }
    return nullptr;
}

const Lowering* best_lowering(const Call& canonical, std::uint16_t features) {
    const Lowering* best = nullptr;
    for (const Lowering* lowering : all_lowerings()) {
        if (has_op(*lowering, canonical) && (lowering->needs & ~features) == 0 &&
            has_types(*lowering, canonical) && lowering->accepts(canonical)) {
            best = lowering;
        }
    }
    return best;
}

}  // namespace verge
