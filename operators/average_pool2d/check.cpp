// average_pool2d: proves that every kernel stays in bounds.

#include "operators/pooling.hpp"

namespace verge::kernel {

std::uint32_t tiles_average_pool2d(const Call& call) {
    return pooling::tile_count(call);
}

std::uint32_t scratch_average_pool2d(const Call&) {
    return 0;
}

Fault check_average_pool2d(const Call& call) {
    return pooling::check(call);
}

}  // namespace verge::kernel
