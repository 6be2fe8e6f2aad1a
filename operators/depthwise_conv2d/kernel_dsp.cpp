// depthwise_conv2d: the adapter that gives the Cortex-M4 body its operands.

#include "operators/depthwise_conv2d/kernel_dsp.hpp"

#include "operators/depthwise_conv2d/shape_of.hpp"

namespace verge::kernel {

void depthwise_conv2d_s8_s8_s8_dsp(const Call& call, Tiles tiles) noexcept {
    using namespace depthwise_conv2d_ref;
    const auto a = call.attributes<DepthwiseConv2D>();
    const Shape shape = shape_of(call);
    const auto data = data_of<std::int8_t, std::int8_t>(call);
    if (is_plain(a)) {
        depthwise_conv2d_dsp::run_rows(a, shape, data, tiles.first, tiles.last);
    } else {
        run_rows<Finish32, std::uint32_t>(a, shape, data, tiles.first, tiles.last);
    }
}

}  // namespace verge::kernel
