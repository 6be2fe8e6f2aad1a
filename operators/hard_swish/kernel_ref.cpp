// hard_swish: the adapter that gives the reference body its operands.

#include "operators/hard_swish/kernel_ref.hpp"

#include "operators/elementwise.hpp"

namespace verge::kernel {

void hard_swish_f32_any_f32_ref(const Call& call, Tiles tiles) noexcept {
    const elementwise::Range range = elementwise::range_of(call, tiles);
    hard_swish_ref::run(range.last - range.first, call.in<float>(0) + range.first,
                        call.out<float>(0) + range.first);
}

}  // namespace verge::kernel
