// maximum: the adapters that give the reference bodies their operands.

#include "operators/maximum/kernel_ref.hpp"

#include "operators/broadcast.hpp"

namespace verge::kernel {

void maximum_f32_f32_f32_ref(const Call& call, Tiles tiles) noexcept {
    broadcast::run<float>(call, tiles, maximum_ref::maximum<float>);
}

void maximum_s8_s8_s8_ref(const Call& call, Tiles tiles) noexcept {
    broadcast::run<std::int8_t>(call, tiles, maximum_ref::maximum<std::int8_t>);
}

void maximum_u8_u8_u8_ref(const Call& call, Tiles tiles) noexcept {
    broadcast::run<std::uint8_t>(call, tiles, maximum_ref::maximum<std::uint8_t>);
}

void maximum_s16_s16_s16_ref(const Call& call, Tiles tiles) noexcept {
    broadcast::run<std::int16_t>(call, tiles, maximum_ref::maximum<std::int16_t>);
}

void maximum_s32_s32_s32_ref(const Call& call, Tiles tiles) noexcept {
    broadcast::run<std::int32_t>(call, tiles, maximum_ref::maximum<std::int32_t>);
}

void maximum_s64_s64_s64_ref(const Call& call, Tiles tiles) noexcept {
    broadcast::run<std::int64_t>(call, tiles, maximum_ref::maximum<std::int64_t>);
}

}  // namespace verge::kernel
