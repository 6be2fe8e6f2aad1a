// concat: the adapters that give the reference bodies their operands.

#include "operators/concat/kernel_ref.hpp"

#include "operators/concat/op.hpp"
#include "operators/movement.hpp"

namespace verge::kernel {

void concat_any_any_any_ref(const Call& call, Tiles tiles) noexcept {
    const auto axis = static_cast<std::uint32_t>(call.attributes<Concat>().axis);
    const movement::Around whole = movement::around(call.output(0), axis);
    auto* y = call.out<std::byte>(0);
    for (std::size_t i = 0; i < call.input_count(); ++i) {
        const std::size_t bytes = call.input(i).dims[axis] * whole.inner_bytes;
        concat_ref::copy_part(call.in<std::byte>(i), bytes, y, whole.axis * whole.inner_bytes,
                              tiles.first, tiles.last);
        y += bytes;
    }
}

}  // namespace verge::kernel
