// split: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/movement.hpp"
#include "operators/split/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_split(const Call& call) {
    return movement::around(call.input(0),
                            static_cast<std::uint32_t>(call.attributes<Split>().axis))
        .outer;
}

std::uint32_t scratch_split(const Call&) {
    return 0;
}

Fault check_split(const Call& call) {
    const auto a = call.attributes<Split>();
    if (call.output_count() == 0 || !call.has(0) || !check::is_all_dense(call)) {
        return check::kBadShapes;
    }
    const plan::Tensor& whole = call.input(0);
    if (a.axis < 0 || a.axis >= whole.rank) {
        return check::kBadAttributes;
    }
    const auto axis = static_cast<std::uint32_t>(a.axis);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < call.output_count(); ++i) {
        const plan::Tensor& part = call.output(i);
        if (part.type != whole.type || !movement::has_same_dims_but(part, whole, axis)) {
            return check::kBadShapes;
        }
        sum += part.dims[axis];
    }
    return sum == whole.dims[axis] ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
