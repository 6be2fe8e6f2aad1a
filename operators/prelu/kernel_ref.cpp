// prelu: the adapters that give the reference body its operands.

#include "operators/prelu/kernel_ref.hpp"

#include "operators/broadcast.hpp"

namespace verge::kernel {
namespace {

template <typename T>
void run(const Call& call, Tiles tiles) {
    const auto a = call.attributes<Prelu>();
    broadcast::run<T>(call, tiles, [&a](T x, T alpha) { return prelu_ref::apply(a, x, alpha); });
}

}  // namespace

void prelu_f32_f32_f32_ref(const Call& call, Tiles tiles) noexcept {
    run<float>(call, tiles);
}

void prelu_s8_s8_s8_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int8_t>(call, tiles);
}

void prelu_u8_u8_u8_ref(const Call& call, Tiles tiles) noexcept {
    run<std::uint8_t>(call, tiles);
}

}  // namespace verge::kernel
