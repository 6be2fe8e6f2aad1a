// minimum: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/broadcast.hpp"
#include "operators/minimum/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_minimum(const Call& call) {
    return elementwise::tiles_of(call);
}

std::uint32_t scratch_minimum(const Call&) {
    return 0;
}

Fault check_minimum(const Call& call) {
    return broadcast::is_sound(call) ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
