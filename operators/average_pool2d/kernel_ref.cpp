// average_pool2d: the adapters that give the reference bodies their operands.

#include "operators/average_pool2d/kernel_ref.hpp"

namespace verge::kernel {
namespace {

template <typename T>
void run(const Call& call, Tiles tiles) {
    pooling::run<T>(call, tiles,
                    [](const pooling::Window<T>& w) { return average_pool2d_ref::average(w); });
}

}  // namespace

void average_pool2d_f32_any_f32_ref(const Call& call, Tiles tiles) noexcept {
    run<float>(call, tiles);
}

void average_pool2d_s8_any_s8_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int8_t>(call, tiles);
}

void average_pool2d_u8_any_u8_ref(const Call& call, Tiles tiles) noexcept {
    run<std::uint8_t>(call, tiles);
}

void average_pool2d_s16_any_s16_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int16_t>(call, tiles);
}

}  // namespace verge::kernel
