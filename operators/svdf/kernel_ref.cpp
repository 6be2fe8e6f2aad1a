// svdf: the adapters that give the reference bodies their operands.

#include "operators/svdf/kernel_ref.hpp"

#include "operators/kernel.hpp"

namespace verge::kernel {
namespace {

using namespace svdf_ref;

template <typename Numbers>
void run(const Call& call) {
    using In = typename Numbers::In;
    using Bias = typename Numbers::Bias;
    using State = typename Numbers::StateType;
    const auto a = call.attributes<Svdf>();
    const Shape shape{call.input(0).dims[0], call.input(0).dims[1], call.output(0).dims[1],
                      static_cast<std::size_t>(a.rank), call.input(svdf::kTimeWeights).dims[1]};
    const Data<In, Bias, State> data{call.in<In>(0),
                                     call.in<In>(svdf::kFeatureWeights),
                                     call.in<State>(svdf::kTimeWeights),
                                     call.has(svdf::kBias) ? call.in<Bias>(svdf::kBias) : nullptr,
                                     call.out<State>(1),
                                     call.out<In>(0)};
    run_batches<Numbers>(a, shape, data);
}

}  // namespace

void svdf_f32_f32_f32_ref(const Call& call, Tiles) noexcept {
    run<Floats>(call);
}

void svdf_s8_s8_s8_ref(const Call& call, Tiles) noexcept {
    if (call.output(1).type == plan::Type::s16) {
        run<Integers<std::int16_t>>(call);
    } else {
        run<Integers<std::int8_t>>(call);
    }
}

}  // namespace verge::kernel
