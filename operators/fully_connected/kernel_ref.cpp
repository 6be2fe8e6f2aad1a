// fully_connected: the adapters that give the reference bodies their operands.

#include "operators/fully_connected/kernel_ref.hpp"

#include "operators/fully_connected/shape_of.hpp"
#include "operators/kernel.hpp"

namespace verge::kernel {
namespace {

using namespace fully_connected_ref;

template <typename Finish, typename Sum, typename In, typename Weight>
void run(const Call& call, Tiles tiles) {
    run_blocks<Finish, Sum>(call.attributes<FullyConnected>(), shape_of(call),
                            data_of<In, Weight>(call), tiles.first, tiles.last);
}

}  // namespace

void fully_connected_s8_s8_s8_ref(const Call& call, Tiles tiles) noexcept {
    run<Finish32, std::uint32_t, std::int8_t, std::int8_t>(call, tiles);
}

void fully_connected_u8_u8_u8_ref(const Call& call, Tiles tiles) noexcept {
    run<Finish32, std::uint32_t, std::uint8_t, std::uint8_t>(call, tiles);
}

void fully_connected_s16_s8_s16_ref(const Call& call, Tiles tiles) noexcept {
    if (call.attributes<FullyConnected>().rounding ==
        static_cast<std::int32_t>(Rounding::single_round)) {
        run<Finish64, std::uint64_t, std::int16_t, std::int8_t>(call, tiles);
    } else {
        run<Finish32, std::uint32_t, std::int16_t, std::int8_t>(call, tiles);
    }
}

void fully_connected_f32_f32_f32_ref(const Call& call, Tiles tiles) noexcept {
    run<FinishFloat, float, float, float>(call, tiles);
}

}  // namespace verge::kernel
