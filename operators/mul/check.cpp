// mul: proves that every kernel stays in bounds and that its arithmetic is defined.

#include "operators/mul/op.hpp"
#include "operators/scaled_product.hpp"

namespace verge::kernel {

std::uint32_t tiles_mul(const Call& call) {
    return elementwise::tiles_of(call);
}

std::uint32_t scratch_mul(const Call&) {
    return 0;
}

Fault check_mul(const Call& call) {
    return scaled_product::check_all<Mul>(call);
}

}  // namespace verge::kernel
