// mean: the adapters that give the reference bodies their operands.

#include "operators/mean/kernel_ref.hpp"

#include "operators/kernel.hpp"

namespace verge::kernel {
namespace {

template <typename T>
void run(const Call& call, Tiles tiles) {
    const auto a = call.attributes<Mean>();
    mean_ref::run(a, mean_ref::make_walk(call.input(0), a), call.in<T>(0), call.out<T>(0),
                  tiles.first, tiles.last);
}

}  // namespace

void mean_f32_any_f32_ref(const Call& call, Tiles tiles) noexcept {
    run<float>(call, tiles);
}

void mean_s8_any_s8_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int8_t>(call, tiles);
}

void mean_u8_any_u8_ref(const Call& call, Tiles tiles) noexcept {
    run<std::uint8_t>(call, tiles);
}

void mean_s16_any_s16_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int16_t>(call, tiles);
}

}  // namespace verge::kernel
