// leaky_relu: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/elementwise.hpp"
#include "operators/leaky_relu/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_leaky_relu(const Call& call) {
    return elementwise::tiles_of(call);
}

std::uint32_t scratch_leaky_relu(const Call&) {
    return 0;
}

Fault check_leaky_relu(const Call& call) {
    if (!check::has_operands(call, 1) || !check::is_all_dense(call) ||
        !check::has_same_dims(call.input(0), call.output(0))) {
        return check::kBadShapes;
    }
    const auto a = call.attributes<LeakyRelu>();
    const bool is_sound = check::is_multiplier(a.multiplier, a.shift) &&
                          a.alpha_multiplier != INT32_MIN &&
                          check::is_between(a.alpha_shift, -31, 30) &&
                          check::is_between(a.input_offset, -65536, 65536);
    return is_sound ? kOk : check::kBadAttributes;
}

}  // namespace verge::kernel
