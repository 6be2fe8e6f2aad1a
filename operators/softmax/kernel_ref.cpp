// softmax: the adapters that give the reference bodies their operands.

#include "operators/softmax/kernel_ref.hpp"

#include "operators/kernel.hpp"

namespace verge::kernel {
namespace {

using namespace softmax_ref;

template <typename In, typename Out, typename Row>
void run(const Call& call, Tiles tiles, Row row) {
    const plan::Tensor& x = call.input(0);
    const std::size_t count = x.dims[x.rank - 1U];
    for (std::size_t tile = tiles.first; tile < tiles.last; ++tile) {
        row(count, call.in<In>(0) + tile * count, call.out<Out>(0) + tile * count);
    }
}

template <typename In, typename Out>
void run_fixed(const Call& call, Tiles tiles) {
    const auto a = call.attributes<Softmax>();
    run<In, Out>(call, tiles,
                 [&a](std::size_t count, const In* x, Out* y) { row_fixed(a, count, x, y); });
}

}  // namespace

void softmax_f32_any_f32_ref(const Call& call, Tiles tiles) noexcept {
    const float beta = call.attributes<Softmax>().beta;
    run<float, float>(call, tiles, [beta](std::size_t count, const float* x, float* y) {
        row_float(beta, count, x, y);
    });
}

void softmax_s8_any_s8_ref(const Call& call, Tiles tiles) noexcept {
    run_fixed<std::int8_t, std::int8_t>(call, tiles);
}

void softmax_s8_any_s16_ref(const Call& call, Tiles tiles) noexcept {
    run_fixed<std::int8_t, std::int16_t>(call, tiles);
}

void softmax_u8_any_u8_ref(const Call& call, Tiles tiles) noexcept {
    run_fixed<std::uint8_t, std::uint8_t>(call, tiles);
}

void softmax_s16_s16_s16_ref(const Call& call, Tiles tiles) noexcept {
    const auto a = call.attributes<Softmax>();
    const Tables tables{call.in<std::int16_t>(1), call.in<std::int16_t>(2)};
    run<std::int16_t, std::int16_t>(call, tiles,
                                    [&](std::size_t count, const std::int16_t* x, std::int16_t* y) {
                                        row_tables(a, tables, count, x, y);
                                    });
}

}  // namespace verge::kernel
