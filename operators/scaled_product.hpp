#pragma once
// The check that mul and div share: one multiplier brings the result to the output's scale.
// Freestanding.

#include "operators/broadcast.hpp"

namespace verge::scaled_product {

/// Proves that every kernel stays in bounds and that its arithmetic is defined; `Attributes` is Mul
/// or Div.
template <typename Attributes>
[[nodiscard]] static inline Fault check_all(const Call& call) {
    using check::is_between;
    if (!broadcast::is_sound(call)) {
        return check::kBadShapes;
    }
    const plan::Type type = call.output(0).type;
    if (type == plan::Type::f32 || type == plan::Type::s32) {
        return kOk;
    }
    const auto a = call.attributes<Attributes>();
    const bool is_sound =
        is_between(a.input1_offset, -32768, 32768) && is_between(a.input2_offset, -32768, 32768) &&
        is_between(a.output_offset, -32768, 32767) && check::is_multiplier(a.multiplier, a.shift);
    return is_sound ? kOk : check::kBadAttributes;
}

}  // namespace verge::scaled_product
