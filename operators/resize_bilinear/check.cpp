// resize_bilinear: proves that every kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/resize_bilinear/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_resize_bilinear(const Call& call) {
    return call.output(0).dims[0] * call.output(0).dims[1];
}

std::uint32_t scratch_resize_bilinear(const Call&) {
    return 0;
}

Fault check_resize_bilinear(const Call& call) {
    constexpr std::uint32_t kMost = 1U << 19U;  // coordinates with ten fraction bits fit 31
    const bool is_image = check::has_operands(call, 1) && check::is_all_dense(call) &&
                          call.input(0).rank == 4 && call.output(0).rank == 4 &&
                          call.input(0).type == call.output(0).type;
    if (!is_image || call.input(0).dims[0] != call.output(0).dims[0] ||
        call.input(0).dims[3] != call.output(0).dims[3] || call.input(0).dims[1] > kMost ||
        call.input(0).dims[2] > kMost || call.output(0).dims[1] > kMost ||
        call.output(0).dims[2] > kMost) {
        return check::kBadShapes;
    }
    return kOk;
}

}  // namespace verge::kernel
