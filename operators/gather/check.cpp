// gather: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/gather/op.hpp"
#include "operators/movement.hpp"

namespace verge::kernel {

std::uint32_t tiles_gather(const Call& call) {
    return movement::around(call.input(0),
                            static_cast<std::uint32_t>(call.attributes<Gather>().axis))
        .outer;
}

std::uint32_t scratch_gather(const Call&) {
    return 0;
}

Fault check_gather(const Call& call) {
    if (!check::has_operands(call, 2) || !check::is_all_dense(call) ||
        call.input(0).type != call.output(0).type) {
        return check::kBadShapes;
    }
    const auto a = call.attributes<Gather>();
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& indices = call.input(1);
    if (a.axis < 0 || a.axis >= x.rank || a.batch_dims < 0 || a.batch_dims > a.axis ||
        a.batch_dims > indices.rank) {
        return check::kBadAttributes;
    }
    const auto axis = static_cast<std::uint32_t>(a.axis);
    std::uint64_t picks = 1;
    for (std::uint32_t i = 0; i < indices.rank; ++i) {
        if (i >= static_cast<std::uint32_t>(a.batch_dims)) {
            picks *= indices.dims[i];
        } else if (indices.dims[i] != x.dims[i]) {
            return check::kBadShapes;
        }
    }
    const std::uint64_t slices = plan::element_count(x) / x.dims[axis];
    const bool fits = picks <= 0xffffffffU && slices * picks == plan::element_count(call.output(0));
    return fits ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
