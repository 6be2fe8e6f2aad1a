// depthwise_conv2d: the adapters that give the reference bodies their operands.

#include "operators/depthwise_conv2d/kernel_ref.hpp"

#include "operators/kernel.hpp"

namespace verge::kernel {
namespace {

using namespace depthwise_conv2d_ref;

Shape shape_of(const Call& call) {
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& y = call.output(0);
    const std::uint32_t element = plan::element_bytes(x.type);
    return {static_cast<std::int32_t>(x.dims[1]),
            static_cast<std::int32_t>(x.dims[2]),
            static_cast<std::int32_t>(x.dims[3]),
            static_cast<std::int32_t>(y.dims[1]),
            static_cast<std::int32_t>(y.dims[2]),
            x.row_stride / element,
            x.pixel_stride / element,
            y.row_stride / element,
            y.pixel_stride / element};
}

template <typename Finish, typename Sum, typename In, typename Weight>
void run(const Call& call, Tiles tiles) {
    const auto a = call.attributes<DepthwiseConv2D>();
    const Data<In, Weight> data{call.in<In>(0), call.in<Weight>(1),
                                call.has(2) ? call.in<void>(2) : nullptr,
                                call.has(3) ? call.in<std::int32_t>(3) : nullptr, call.out<In>(0)};
    run_rows<Finish, Sum>(a, shape_of(call), data, tiles.first, tiles.last);
}

}  // namespace

void depthwise_conv2d_s8_s8_s8_ref(const Call& call, Tiles tiles) noexcept {
    run<Finish32, std::uint32_t, std::int8_t, std::int8_t>(call, tiles);
}

void depthwise_conv2d_u8_u8_u8_ref(const Call& call, Tiles tiles) noexcept {
    run<Finish32, std::uint32_t, std::uint8_t, std::uint8_t>(call, tiles);
}

void depthwise_conv2d_s16_s8_s16_ref(const Call& call, Tiles tiles) noexcept {
    if (call.attributes<DepthwiseConv2D>().rounding ==
        static_cast<std::int32_t>(Rounding::single_round)) {
        run<Finish64, std::uint64_t, std::int16_t, std::int8_t>(call, tiles);
    } else {
        run<Finish32, std::uint32_t, std::int16_t, std::int8_t>(call, tiles);
    }
}

void depthwise_conv2d_f32_f32_f32_ref(const Call& call, Tiles tiles) noexcept {
    run<FinishFloat, float, float, float>(call, tiles);
}

}  // namespace verge::kernel
