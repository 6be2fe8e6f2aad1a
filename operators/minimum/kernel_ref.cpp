// minimum: the adapters that give the reference bodies their operands.

#include "operators/minimum/kernel_ref.hpp"

#include "operators/broadcast.hpp"

namespace verge::kernel {

void minimum_f32_f32_f32_ref(const Call& call, Tiles tiles) noexcept {
    broadcast::run<float>(call, tiles, minimum_ref::minimum<float>);
}

void minimum_s8_s8_s8_ref(const Call& call, Tiles tiles) noexcept {
    broadcast::run<std::int8_t>(call, tiles, minimum_ref::minimum<std::int8_t>);
}

void minimum_u8_u8_u8_ref(const Call& call, Tiles tiles) noexcept {
    broadcast::run<std::uint8_t>(call, tiles, minimum_ref::minimum<std::uint8_t>);
}

void minimum_s16_s16_s16_ref(const Call& call, Tiles tiles) noexcept {
    broadcast::run<std::int16_t>(call, tiles, minimum_ref::minimum<std::int16_t>);
}

void minimum_s32_s32_s32_ref(const Call& call, Tiles tiles) noexcept {
    broadcast::run<std::int32_t>(call, tiles, minimum_ref::minimum<std::int32_t>);
}

void minimum_s64_s64_s64_ref(const Call& call, Tiles tiles) noexcept {
    broadcast::run<std::int64_t>(call, tiles, minimum_ref::minimum<std::int64_t>);
}

}  // namespace verge::kernel
