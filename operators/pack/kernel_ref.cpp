// pack: the adapters that give the reference bodies their operands.

#include "operators/pack/kernel_ref.hpp"

#include "operators/movement.hpp"
#include "operators/pack/op.hpp"

namespace verge::kernel {

void pack_any_any_any_ref(const Call& call, Tiles tiles) noexcept {
    const auto axis = static_cast<std::uint32_t>(call.attributes<Pack>().axis);
    const movement::Around whole = movement::around(call.output(0), axis);
    auto* y = call.out<std::byte>(0);
    for (std::size_t i = 0; i < call.input_count(); ++i) {
        pack_ref::copy_part(call.in<std::byte>(i), whole.inner_bytes, y + i * whole.inner_bytes,
                            whole.axis * whole.inner_bytes, tiles.first, tiles.last);
    }
}

}  // namespace verge::kernel
