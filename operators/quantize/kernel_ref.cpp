// quantize: the adapters that give the reference body its operands.

#include "operators/quantize/kernel_ref.hpp"

#include "operators/elementwise.hpp"

namespace verge::kernel {
namespace {

template <typename In, typename Out>
void run(const Call& call, Tiles tiles) {
    const elementwise::Range range = elementwise::range_of(call, tiles);
    quantize_ref::run_range(call.attributes<Quantize>(), call.in<In>(0), call.out<Out>(0),
                            range.first, range.last);
}

}  // namespace

void quantize_f32_none_s8_ref(const Call& call, Tiles tiles) noexcept {
    run<float, std::int8_t>(call, tiles);
}

void quantize_f32_none_u8_ref(const Call& call, Tiles tiles) noexcept {
    run<float, std::uint8_t>(call, tiles);
}

void quantize_f32_none_s16_ref(const Call& call, Tiles tiles) noexcept {
    run<float, std::int16_t>(call, tiles);
}

void quantize_s8_none_s8_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int8_t, std::int8_t>(call, tiles);
}

void quantize_s8_none_u8_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int8_t, std::uint8_t>(call, tiles);
}

void quantize_s8_none_s16_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int8_t, std::int16_t>(call, tiles);
}

void quantize_s8_none_s32_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int8_t, std::int32_t>(call, tiles);
}

void quantize_u8_none_s8_ref(const Call& call, Tiles tiles) noexcept {
    run<std::uint8_t, std::int8_t>(call, tiles);
}

void quantize_u8_none_u8_ref(const Call& call, Tiles tiles) noexcept {
    run<std::uint8_t, std::uint8_t>(call, tiles);
}

void quantize_s16_none_s8_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int16_t, std::int8_t>(call, tiles);
}

void quantize_s16_none_s16_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int16_t, std::int16_t>(call, tiles);
}

void quantize_s16_none_s32_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int16_t, std::int32_t>(call, tiles);
}

void quantize_s32_none_s8_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int32_t, std::int8_t>(call, tiles);
}

void quantize_s32_none_s16_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int32_t, std::int16_t>(call, tiles);
}

}  // namespace verge::kernel
