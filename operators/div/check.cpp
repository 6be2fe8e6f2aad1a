// div: proves that every kernel stays in bounds and that its arithmetic is defined.

#include "operators/div/op.hpp"
#include "operators/scaled_product.hpp"

namespace verge::kernel {

std::uint32_t tiles_div(const Call& call) {
    return elementwise::tiles_of(call);
}

std::uint32_t scratch_div(const Call&) {
    return 0;
}

Fault check_div(const Call& call) {
    return scaled_product::check_all<Div>(call);
}

}  // namespace verge::kernel
