// conv2d: the adapter that gives the Cortex-M4 body its operands.

#include "operators/conv2d/kernel_dsp.hpp"

#include "operators/conv2d/packed_call.hpp"

namespace verge::kernel {

void conv2d_s8_s8_s8_dsp(const Call& call, Tiles tiles) noexcept {
    const auto a = call.attributes<Conv2D>();
    const conv2d_gather::Geometry g = conv2d_gather::geometry_of(call, a);
    const conv2d_dsp::Constants constants{call.in<std::int8_t>(1), call.in<std::int32_t>(2),
                                          call.in<std::int32_t>(3)};
    // Scratch is three bytes larger than the patch, so that the patch can start on a word.
    const std::uintptr_t word =
        (reinterpret_cast<std::uintptr_t>(call.scratch()) + 3U) & ~std::uintptr_t{3};
    conv2d_dsp::run_tiles(a, g, constants, call.in<std::int8_t>(0), call.out<std::int8_t>(0),
                          reinterpret_cast<std::int16_t*>(word), tiles.first, tiles.last);
}

}  // namespace verge::kernel
