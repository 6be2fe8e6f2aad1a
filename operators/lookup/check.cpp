// lookup: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/elementwise.hpp"
#include "operators/lookup/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_lookup(const Call& call) {
    return elementwise::tiles_of(call);
}

std::uint32_t scratch_lookup(const Call&) {
    return 0;
}

Fault check_lookup(const Call& call) {
    const bool is_sound = check::has_operands(call, 2) && check::is_all_dense(call) &&
                          check::has_same_dims(call.input(0), call.output(0)) &&
                          check::is_vector(call.input(1), plan::Type::u8, kLookupTable);
    return is_sound ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
