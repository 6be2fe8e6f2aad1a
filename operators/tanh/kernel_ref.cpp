// tanh: the adapters that give the reference bodies their operands.

#include "operators/tanh/kernel_ref.hpp"

#include "operators/elementwise.hpp"

namespace verge::kernel {

void tanh_f32_any_f32_ref(const Call& call, Tiles tiles) noexcept {
    const elementwise::Range range = elementwise::range_of(call, tiles);
    for (std::uint32_t i = range.first; i < range.last; ++i) {
        call.out<float>(0)[i] = tanh_of(call.in<float>(0)[i]);
    }
}

void tanh_s16_u16_s16_ref(const Call& call, Tiles tiles) noexcept {
    const elementwise::Range range = elementwise::range_of(call, tiles);
    tanh_ref::run(call.attributes<Tanh>(), call.in<std::uint16_t>(1), range.last - range.first,
                  call.in<std::int16_t>(0) + range.first, call.out<std::int16_t>(0) + range.first);
}

}  // namespace verge::kernel
