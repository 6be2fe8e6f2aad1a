// reshape: the adapter that gives the reference body its operands.

#include "operators/reshape/kernel_ref.hpp"

#include "operators/elementwise.hpp"

namespace verge::kernel {

void reshape_any_any_any_ref(const Call& call, Tiles tiles) noexcept {
    const elementwise::Range range = elementwise::range_of(call, tiles);
    const std::size_t element = plan::element_bytes(call.output(0).type);
    reshape_ref::run_bytes(call.in<std::byte>(0), call.out<std::byte>(0), range.first * element,
                           range.last * element);
}

}  // namespace verge::kernel
