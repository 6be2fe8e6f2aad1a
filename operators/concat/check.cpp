// concat: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/concat/op.hpp"
#include "operators/movement.hpp"

namespace verge::kernel {
namespace {

std::uint32_t axis_of(const Call& call) {
    return static_cast<std::uint32_t>(call.attributes<Concat>().axis);
}

bool has_sound_parts(const Call& call, std::uint32_t axis) {
    const plan::Tensor& whole = call.output(0);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < call.input_count(); ++i) {
        if (!call.has(i) || call.input(i).type != whole.type ||
            !movement::has_same_dims_but(call.input(i), whole, axis)) {
            return false;
        }
        sum += call.input(i).dims[axis];
    }
    return sum == whole.dims[axis];
}

}  // namespace

std::uint32_t tiles_concat(const Call& call) {
    return movement::around(call.output(0), axis_of(call)).outer;
}

std::uint32_t scratch_concat(const Call&) {
    return 0;
}

Fault check_concat(const Call& call) {
    const auto a = call.attributes<Concat>();
    if (!check::has_operands(call, 1) || !check::is_all_dense(call)) {
        return check::kBadShapes;
    }
    if (a.axis < 0 || a.axis >= call.output(0).rank) {
        return check::kBadAttributes;
    }
    return has_sound_parts(call, axis_of(call)) ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
