// depthwise_conv2d: the adapters that give the reference bodies their operands.

#include "operators/depthwise_conv2d/kernel_ref.hpp"

#include "operators/depthwise_conv2d/shape_of.hpp"
#include "operators/kernel.hpp"

namespace verge::kernel {
namespace {

using namespace depthwise_conv2d_ref;

template <typename Finish, typename Sum, typename In, typename Weight>
void run(const Call& call, Tiles tiles) {
    const auto a = call.attributes<DepthwiseConv2D>();
    run_rows<Finish, Sum>(a, shape_of(call), data_of<In, Weight>(call), tiles.first, tiles.last);
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
