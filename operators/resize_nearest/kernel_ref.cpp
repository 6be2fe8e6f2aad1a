// resize_nearest: the adapters that give the reference bodies their operands.

#include "operators/resize_nearest/kernel_ref.hpp"

#include "operators/kernel.hpp"
#include "operators/resize_nearest/op.hpp"

namespace verge::kernel {

void resize_nearest_any_none_any_ref(const Call& call, Tiles tiles) noexcept {
    const auto a = call.attributes<ResizeNearest>();
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& y = call.output(0);
    const std::size_t pixel = std::size_t{x.dims[3]} * plan::element_bytes(x.type);
    const auto axis = [&](std::size_t i) {
        return resize_nearest_ref::Axis{static_cast<std::int32_t>(x.dims[i]),
                                        static_cast<std::int32_t>(y.dims[i]), a.align_corners != 0,
                                        a.half_pixel_centers != 0};
    };
    const resize_nearest_ref::Axis rows = axis(1);
    const resize_nearest_ref::Axis columns = axis(2);
    for (std::uint32_t row = tiles.first; row < tiles.last; ++row) {
        const std::uint32_t image = row / y.dims[1];
        const std::int32_t from_row =
            resize_nearest_ref::nearest(rows, static_cast<std::int32_t>(row % y.dims[1]));
        const std::byte* from = call.in<std::byte>(0) + (std::size_t{image} * x.dims[1] +
                                                         static_cast<std::size_t>(from_row)) *
                                                            x.dims[2] * pixel;
        std::byte* to = call.out<std::byte>(0) + std::size_t{row} * y.dims[2] * pixel;
        for (std::int32_t i = 0; i < columns.out; ++i) {
            std::memmove(
                to,
                from + static_cast<std::size_t>(resize_nearest_ref::nearest(columns, i)) * pixel,
                pixel);
            to += pixel;
        }
    }
}

}  // namespace verge::kernel
