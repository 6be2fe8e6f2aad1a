// resize_nearest: proves that every kernel stays in bounds.

#include "operators/resize_nearest/op.hpp"
#include "operators/resizing.hpp"

namespace verge::kernel {

std::uint32_t tiles_resize_nearest(const Call& call) {
    return call.output(0).dims[0] * call.output(0).dims[1];
}

std::uint32_t scratch_resize_nearest(const Call&) {
    return 0;
}

Fault check_resize_nearest(const Call& call) {
    return resizing::check_images(call);
}

}  // namespace verge::kernel
