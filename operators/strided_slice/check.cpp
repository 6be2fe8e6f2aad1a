// strided_slice: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/strided_slice/op.hpp"

namespace verge::kernel {
namespace {

/// True when the first and the last index of the axis are ones of x.
bool is_inside(const StridedSlice& a, std::uint32_t axis, std::uint32_t extent) {
    if (a.count[axis] < 1 || a.begin[axis] < 0) {
        return false;
    }
    const std::int64_t last = a.begin[axis] + (std::int64_t{a.count[axis]} - 1) * a.stride[axis];
    return static_cast<std::uint32_t>(a.begin[axis]) < extent && last >= 0 &&
           last < std::int64_t{extent};
}

}  // namespace

std::uint32_t tiles_strided_slice(const Call& call) {
    return call.input(0).rank == 0
               ? 1
               : static_cast<std::uint32_t>(call.attributes<StridedSlice>().count[0]);
}

std::uint32_t scratch_strided_slice(const Call&) {
    return 0;
}

Fault check_strided_slice(const Call& call) {
    if (!check::has_operands(call, 1) || !check::is_all_dense(call) ||
        call.input(0).type != call.output(0).type) {
        return check::kBadShapes;
    }
    const auto a = call.attributes<StridedSlice>();
    std::uint64_t elements = 1;
    for (std::uint32_t i = 0; i < call.input(0).rank; ++i) {
        if (!is_inside(a, i, call.input(0).dims[i])) {
            return check::kBadAttributes;
        }
        elements *= static_cast<std::uint32_t>(a.count[i]);
        if (elements > plan::element_count(call.output(0))) {
            return check::kBadShapes;
        }
    }
    return elements == plan::element_count(call.output(0)) ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
