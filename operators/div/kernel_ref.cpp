// div: the adapters that give the reference bodies their operands.

#include "operators/div/kernel_ref.hpp"

namespace verge::kernel {

void div_f32_f32_f32_ref(const Call& call, Tiles tiles) noexcept {
    const auto a = call.attributes<Div>();
    broadcast::run<float>(call, tiles,
                          [&a](float x1, float x2) { return div_ref::div_float(a, x1, x2); });
}

void div_s8_s8_s8_ref(const Call& call, Tiles tiles) noexcept {
    const auto a = call.attributes<Div>();
    broadcast::run<std::int8_t>(call, tiles, [&a](std::int8_t x1, std::int8_t x2) {
        return div_ref::div_scaled(a, x1, x2);
    });
}

void div_u8_u8_u8_ref(const Call& call, Tiles tiles) noexcept {
    const auto a = call.attributes<Div>();
    broadcast::run<std::uint8_t>(call, tiles, [&a](std::uint8_t x1, std::uint8_t x2) {
        return div_ref::div_scaled(a, x1, x2);
    });
}

void div_s32_s32_s32_ref(const Call& call, Tiles tiles) noexcept {
    const auto a = call.attributes<Div>();
    broadcast::run<std::int32_t>(call, tiles, [&a](std::int32_t x1, std::int32_t x2) {
        return div_ref::div_s32(a, x1, x2);
    });
}

}  // namespace verge::kernel
