// logistic: the adapters that give the reference bodies their operands.

#include "operators/logistic/kernel_ref.hpp"

#include "operators/elementwise.hpp"

namespace verge::kernel {

void logistic_f32_any_f32_ref(const Call& call, Tiles tiles) noexcept {
    const elementwise::Range range = elementwise::range_of(call, tiles);
    for (std::uint32_t i = range.first; i < range.last; ++i) {
        call.out<float>(0)[i] = logistic_of(call.in<float>(0)[i]);
    }
}

void logistic_s16_u16_s16_ref(const Call& call, Tiles tiles) noexcept {
    const elementwise::Range range = elementwise::range_of(call, tiles);
    logistic_ref::run(call.attributes<Logistic>(), call.in<std::uint16_t>(1),
                      range.last - range.first, call.in<std::int16_t>(0) + range.first,
                      call.out<std::int16_t>(0) + range.first);
}

}  // namespace verge::kernel
