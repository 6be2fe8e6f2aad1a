// lstm: the adapters that give the reference bodies their operands.

#include "operators/lstm/kernel_ref.hpp"

#include "operators/kernel.hpp"

namespace verge::kernel {
namespace {

using namespace lstm_ref;

Shape shape_of(const Call& call, const Lstm& a) {
    const plan::Tensor& x = call.input(0);
    const std::size_t first = x.dims[0];
    const std::size_t second = x.dims[1];
    if (a.time_major != 0) {
        return {second, first, x.dims[2], call.output(0).dims[2], 1, second};
    }
    return {first, second, x.dims[2], call.output(0).dims[2], second, 1};
}

template <typename Numbers>
void run(const Call& call) {
    using In = typename Numbers::Input;
    using Weight = typename Numbers::Weight;
    using Bias = typename Numbers::BiasType;
    using Cell = typename Numbers::Cell;
    Data<In, Weight, Bias, Cell> d{};
    d.x = call.in<In>(0);
    for (std::size_t gate = 0; gate < 4; ++gate) {
        d.input_weights[gate] = call.in<Weight>(lstm::kInputWeights + gate);
        d.recurrent_weights[gate] = call.in<Weight>(lstm::kRecurrentWeights + gate);
        d.biases[gate] = call.in<Bias>(lstm::kBiases + gate);
    }
    d.y = call.out<In>(0);
    d.hidden = call.out<In>(1);
    d.cell = call.out<Cell>(2);
    const auto a = call.attributes<Lstm>();
    run_sequence<Numbers>(a, shape_of(call, a), d);
}

}  // namespace

void lstm_f32_f32_f32_ref(const Call& call, Tiles) noexcept {
    run<Floats>(call);
}

void lstm_s8_s8_s8_ref(const Call& call, Tiles) noexcept {
    run<Integers<std::int8_t, std::int32_t, std::uint32_t>>(call);
}

void lstm_s16_s8_s16_ref(const Call& call, Tiles) noexcept {
    run<Integers<std::int16_t, std::int64_t, std::uint64_t>>(call);
}

}  // namespace verge::kernel
