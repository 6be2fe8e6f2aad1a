// cast: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/cast/op.hpp"
#include "operators/elementwise.hpp"

namespace verge::kernel {
namespace {

bool is_number(plan::Type type) {
    return type >= plan::Type::f32 && type <= plan::Type::b8;
}

}  // namespace

std::uint32_t tiles_cast(const Call& call) {
    return elementwise::tiles_of(call);
}

std::uint32_t scratch_cast(const Call&) {
    return 0;
}

Fault check_cast(const Call& call) {
    const bool is_sound = check::has_operands(call, 1) && check::is_all_dense(call) &&
                          check::has_same_dims(call.input(0), call.output(0)) &&
                          is_number(call.input(0).type) && is_number(call.output(0).type);
    return is_sound ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
