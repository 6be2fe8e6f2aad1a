// unpack: the adapters that give the reference bodies their operands.

#include "operators/unpack/kernel_ref.hpp"

#include "operators/movement.hpp"
#include "operators/unpack/op.hpp"

namespace verge::kernel {

void unpack_any_any_any_ref(const Call& call, Tiles tiles) noexcept {
    const auto axis = static_cast<std::uint32_t>(call.attributes<Unpack>().axis);
    const movement::Around whole = movement::around(call.input(0), axis);
    const auto* x = call.in<std::byte>(0);
    for (std::size_t i = 0; i < call.output_count(); ++i) {
        const std::size_t bytes = whole.inner_bytes;
        unpack_ref::copy_part(x, whole.axis * whole.inner_bytes, call.out<std::byte>(i), bytes,
                              tiles.first, tiles.last);
        x += bytes;
    }
}

}  // namespace verge::kernel
