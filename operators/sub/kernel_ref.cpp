// sub: the adapters that give the reference bodies their operands.

#include "operators/sub/kernel_ref.hpp"

namespace verge::kernel {
namespace {

template <int kSign, typename T>
void run_scaled(const Call& call, Tiles tiles) {
    const auto a = call.attributes<Sub>();
    broadcast::run<T>(call, tiles, [&a](T x1, T x2) { return scaled_sum::one<kSign>(a, x1, x2); });
}

}  // namespace

void sub_f32_f32_f32_ref(const Call& call, Tiles tiles) noexcept {
    const auto a = call.attributes<Sub>();
    broadcast::run<float>(call, tiles,
                          [&a](float x1, float x2) { return sub_ref::sub_float(a, x1, x2); });
}

void sub_s8_s8_s8_ref(const Call& call, Tiles tiles) noexcept {
    run_scaled<0, std::int8_t>(call, tiles);
}

void sub_u8_u8_u8_ref(const Call& call, Tiles tiles) noexcept {
    run_scaled<-1, std::uint8_t>(call, tiles);
}

void sub_s16_s16_s16_ref(const Call& call, Tiles tiles) noexcept {
    run_scaled<0, std::int16_t>(call, tiles);
}

void sub_s32_s32_s32_ref(const Call& call, Tiles tiles) noexcept {
    const auto a = call.attributes<Sub>();
    broadcast::run<std::int32_t>(call, tiles, [&a](std::int32_t x1, std::int32_t x2) {
        return sub_ref::sub_s32(a, x1, x2);
    });
}

}  // namespace verge::kernel
