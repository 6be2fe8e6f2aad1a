// clamp: the adapters that give the reference body its operands.

#include "operators/clamp/kernel_ref.hpp"

#include "operators/elementwise.hpp"

namespace verge::kernel {
namespace {

template <typename T>
void run(const Call& call, Tiles tiles) {
    const elementwise::Range range = elementwise::range_of(call, tiles);
    clamp_ref::run(call.attributes<Clamp>(), range.last - range.first, call.in<T>(0) + range.first,
                   call.out<T>(0) + range.first);
}

}  // namespace

void clamp_f32_any_f32_ref(const Call& call, Tiles tiles) noexcept {
    run<float>(call, tiles);
}

void clamp_s8_any_s8_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int8_t>(call, tiles);
}

void clamp_u8_any_u8_ref(const Call& call, Tiles tiles) noexcept {
    run<std::uint8_t>(call, tiles);
}

void clamp_s16_any_s16_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int16_t>(call, tiles);
}

}  // namespace verge::kernel
