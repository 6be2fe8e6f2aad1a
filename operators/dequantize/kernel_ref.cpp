// dequantize: the adapters that give the reference bodies their operands.

#include "operators/dequantize/kernel_ref.hpp"

#include "operators/elementwise.hpp"

namespace verge::kernel {
namespace {

template <typename In>
void run(const Call& call, Tiles tiles) {
    const elementwise::Range range = elementwise::range_of(call, tiles);
    dequantize_ref::run_range(call.attributes<Dequantize>(), call.in<In>(0), call.out<float>(0),
                              range.first, range.last);
}

template <typename In>
void run_per_axis(const Call& call, Tiles tiles) {
    const elementwise::Range range = elementwise::range_of(call, tiles);
    const plan::Tensor& x = call.input(0);
    const auto axis = static_cast<std::uint32_t>(call.attributes<Dequantize>().axis);
    dequantize_ref::Channels channels{call.in<float>(1), call.in<std::int32_t>(2), x.dims[axis], 1};
    for (std::uint32_t i = axis + 1; i < x.rank; ++i) {
        channels.inner *= x.dims[i];
    }
    dequantize_ref::run_range_per_axis(channels, call.in<In>(0), call.out<float>(0), range.first,
                                       range.last);
}

}  // namespace

void dequantize_s8_none_f32_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int8_t>(call, tiles);
}

void dequantize_s8_f32_f32_ref(const Call& call, Tiles tiles) noexcept {
    run_per_axis<std::int8_t>(call, tiles);
}

void dequantize_u8_none_f32_ref(const Call& call, Tiles tiles) noexcept {
    run<std::uint8_t>(call, tiles);
}

void dequantize_u8_f32_f32_ref(const Call& call, Tiles tiles) noexcept {
    run_per_axis<std::uint8_t>(call, tiles);
}

void dequantize_s16_none_f32_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int16_t>(call, tiles);
}

void dequantize_s16_f32_f32_ref(const Call& call, Tiles tiles) noexcept {
    run_per_axis<std::int16_t>(call, tiles);
}

void dequantize_s32_none_f32_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int32_t>(call, tiles);
}

void dequantize_s32_f32_f32_ref(const Call& call, Tiles tiles) noexcept {
    run_per_axis<std::int32_t>(call, tiles);
}

void dequantize_f16_none_f32_ref(const Call& call, Tiles tiles) noexcept {
    const elementwise::Range range = elementwise::range_of(call, tiles);
    const auto* x = call.in<std::uint16_t>(0);
    auto* y = call.out<float>(0);
    for (std::uint32_t i = range.first; i < range.last; ++i) {
        y[i] = dequantize_ref::from_half(x[i]);
    }
}

}  // namespace verge::kernel
