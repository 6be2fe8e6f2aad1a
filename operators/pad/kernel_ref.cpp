// pad: the adapter that gives the reference body its operands.

#include "operators/pad/kernel_ref.hpp"

#include "operators/kernel.hpp"

namespace verge::kernel {

void pad_any_any_any_ref(const Call& call, Tiles tiles) noexcept {
    pad_ref::run(call.attributes<Pad>(), call.input(0), call.output(0), call.in<std::byte>(0),
                 call.out<std::byte>(0), tiles.first, tiles.last);
}

}  // namespace verge::kernel
