// leaky_relu: the adapters that give the reference bodies their operands.

#include "operators/leaky_relu/kernel_ref.hpp"

#include "operators/elementwise.hpp"

namespace verge::kernel {

void leaky_relu_f32_any_f32_ref(const Call& call, Tiles tiles) noexcept {
    const elementwise::Range range = elementwise::range_of(call, tiles);
    leaky_relu_ref::run_float(call.attributes<LeakyRelu>().alpha, range.last - range.first,
                              call.in<float>(0) + range.first, call.out<float>(0) + range.first);
}

void leaky_relu_s16_any_s16_ref(const Call& call, Tiles tiles) noexcept {
    const elementwise::Range range = elementwise::range_of(call, tiles);
    leaky_relu_ref::run_s16(call.attributes<LeakyRelu>(), range.last - range.first,
                            call.in<std::int16_t>(0) + range.first,
                            call.out<std::int16_t>(0) + range.first);
}

}  // namespace verge::kernel
