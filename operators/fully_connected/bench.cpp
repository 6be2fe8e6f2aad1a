// fully_connected: every listed int8 kernel on layers of real models.

#include "operators/bench_support.hpp"
#include "operators/fully_connected/op.hpp"

namespace verge {
namespace {

struct Layer {
    const char* name;
    std::uint32_t inputs, outputs;
};

constexpr Layer kLayers[] = {
    {"anomaly_first", 640, 128},        // autoencoder of MLPerf Tiny
    {"mobilenet_classes", 1024, 1000},  // MobileNetV1
};

void add_layer(const Layer& layer) {
    test::Random random(1);
    FullyConnected a{};
    a.input_offset = 5;
    a.output_offset = -7;
    a.clamp_min = -128;
    a.clamp_max = 127;
    const std::size_t products = std::size_t{layer.inputs} * layer.outputs;
    const test::OneStep step(
        OpId::fully_connected, a,
        {test::input({1, layer.inputs}, random.values<std::int8_t>(layer.inputs, -128, 127)),
         test::constant({layer.outputs, layer.inputs},
                        random.values<std::int8_t>(products, -127, 127)),
         test::constant({layer.outputs}, random.values<std::int32_t>(layer.outputs, -2000, 2000)),
         test::constant({2, 1}, std::vector<std::int32_t>{(1 << 30) + 12345, -9})},
        {test::output(plan::Type::s8, {1, layer.outputs})});
    bench::add(layer.name, step, static_cast<double>(products));
}

const bool kAdded = [] {
    std::ranges::for_each(kLayers, add_layer);
    return true;
}();

}  // namespace
}  // namespace verge
