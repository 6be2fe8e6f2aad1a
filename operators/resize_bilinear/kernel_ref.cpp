// resize_bilinear: the adapters that give the reference bodies their operands.

#include "operators/resize_bilinear/kernel_ref.hpp"

#include "operators/kernel.hpp"
#include "operators/resize_bilinear/op.hpp"

namespace verge::kernel {
namespace {

template <typename Number, typename T>
void run(const Call& call, Tiles tiles) {
    const auto a = call.attributes<ResizeBilinear>();
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& y = call.output(0);
    const auto axis = [&](std::size_t i) {
        return resize_bilinear_ref::Axis{static_cast<std::int32_t>(x.dims[i]),
                                         static_cast<std::int32_t>(y.dims[i]), a.align_corners != 0,
                                         a.half_pixel_centers != 0};
    };
    const resize_bilinear_ref::Sizes sizes{axis(1), axis(2), x.dims[3]};
    resize_bilinear_ref::run_rows<Number>(sizes, call.in<T>(0), call.out<T>(0), tiles.first,
                                          tiles.last);
}

}  // namespace

void resize_bilinear_f32_none_f32_ref(const Call& call, Tiles tiles) noexcept {
    run<float, float>(call, tiles);
}

void resize_bilinear_s8_none_s8_ref(const Call& call, Tiles tiles) noexcept {
    run<std::int32_t, std::int8_t>(call, tiles);
}

void resize_bilinear_u8_none_u8_ref(const Call& call, Tiles tiles) noexcept {
    run<float, std::uint8_t>(call, tiles);
}

}  // namespace verge::kernel
