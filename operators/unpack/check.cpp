// unpack: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/movement.hpp"
#include "operators/unpack/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_unpack(const Call& call) {
    return movement::around(call.input(0),
                            static_cast<std::uint32_t>(call.attributes<Unpack>().axis))
        .outer;
}

std::uint32_t scratch_unpack(const Call&) {
    return 0;
}

Fault check_unpack(const Call& call) {
    const auto a = call.attributes<Unpack>();
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
        if (part.type != whole.type || !movement::is_slice_of(part, whole, axis)) {
            return check::kBadShapes;
        }
        sum += 1;
    }
    return sum == whole.dims[axis] ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
