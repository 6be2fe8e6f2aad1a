// slide: proves that the kernel stays in bounds.

#include "operators/check.hpp"

#include "operators/slide/op.hpp"

namespace verge::kernel {

std::uint32_t tiles_slide(const Call&) {
    return 1;
}

std::uint32_t scratch_slide(const Call&) {
    return 0;
}

Fault check_slide(const Call& call) {
    if (!check::has_operands(call, 2) || call.input_count() != 2 || !check::is_all_dense(call)) {
        return check::kBadShapes;
    }
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& read = call.input(1);
    const plan::Tensor& written = call.output(0);
    const bool is_sound = read.region == written.region && read.offset == written.offset &&
                          read.type == written.type && check::has_same_dims(read, written) &&
                          x.type == written.type &&
                          plan::element_count(x) <= plan::element_count(written);
    return is_sound ? kOk : check::kBadShapes;
}

}  // namespace verge::kernel
