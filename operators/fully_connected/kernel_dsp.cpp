// fully_connected: the adapter that gives the Cortex-M4 body its operands.

#include "operators/fully_connected/kernel_dsp.hpp"

#include "operators/fully_connected/shape_of.hpp"

namespace verge::kernel {

void fully_connected_s8_s8_s8_dsp(const Call& call, Tiles tiles) noexcept {
    using namespace fully_connected_ref;
    const auto a = call.attributes<FullyConnected>();
    const Shape shape = shape_of(call);
    const auto data = data_of<std::int8_t, std::int8_t>(call);
    if (is_plain(a)) {
        fully_connected_dsp::run_blocks(a, shape, data, tiles.first, tiles.last);
    } else {
        run_blocks<Finish32, std::uint32_t>(a, shape, data, tiles.first, tiles.last);
    }
}

}  // namespace verge::kernel
