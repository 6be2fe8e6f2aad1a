// add: the adapters that give the reference bodies their operands.

#include "operators/add/kernel_ref.hpp"

namespace verge::kernel {
namespace {

template <int kSign, typename T>
void run_scaled(const Call& call, Tiles tiles) {
    const auto a = call.attributes<Add>();
    broadcast::run<T>(call, tiles, [&a](T x1, T x2) { return scaled_sum::one<kSign>(a, x1, x2); });
}

}  // namespace

void add_f32_f32_f32_ref(const Call& call, Tiles tiles) noexcept {
    const auto a = call.attributes<Add>();
    broadcast::run<float>(call, tiles,
                          [&a](float x1, float x2) { return add_ref::add_float(a, x1, x2); });
}

void add_s8_s8_s8_ref(const Call& call, Tiles tiles) noexcept {
    run_scaled<1, std::int8_t>(call, tiles);
}

void add_u8_u8_u8_ref(const Call& call, Tiles tiles) noexcept {
    run_scaled<1, std::uint8_t>(call, tiles);
}

void add_s16_s16_s16_ref(const Call& call, Tiles tiles) noexcept {
    run_scaled<1, std::int16_t>(call, tiles);
}

void add_s32_s32_s32_ref(const Call& call, Tiles tiles) noexcept {
    const auto a = call.attributes<Add>();
    broadcast::run<std::int32_t>(call, tiles, [&a](std::int32_t x1, std::int32_t x2) {
        return add_ref::add_s32(a, x1, x2);
    });
}

}  // namespace verge::kernel
