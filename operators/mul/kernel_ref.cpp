// mul: the adapters that give the reference bodies their operands.

#include "operators/mul/kernel_ref.hpp"

namespace verge::kernel {
namespace {

template <typename T>
void run_scaled(const Call& call, Tiles tiles) {
    const auto a = call.attributes<Mul>();
    broadcast::run<T>(call, tiles, [&a](T x1, T x2) { return mul_ref::mul_scaled(a, x1, x2); });
}

}  // namespace

void mul_f32_f32_f32_ref(const Call& call, Tiles tiles) noexcept {
    const auto a = call.attributes<Mul>();
    broadcast::run<float>(call, tiles,
                          [&a](float x1, float x2) { return mul_ref::mul_float(a, x1, x2); });
}

void mul_s8_s8_s8_ref(const Call& call, Tiles tiles) noexcept {
    run_scaled<std::int8_t>(call, tiles);
}

void mul_u8_u8_u8_ref(const Call& call, Tiles tiles) noexcept {
    run_scaled<std::uint8_t>(call, tiles);
}

void mul_s16_s16_s16_ref(const Call& call, Tiles tiles) noexcept {
    run_scaled<std::int16_t>(call, tiles);
}

void mul_s32_s32_s32_ref(const Call& call, Tiles tiles) noexcept {
    const auto a = call.attributes<Mul>();
    broadcast::run<std::int32_t>(call, tiles, [&a](std::int32_t x1, std::int32_t x2) {
        return mul_ref::mul_s32(a, x1, x2);
    });
}

}  // namespace verge::kernel
