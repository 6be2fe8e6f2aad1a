// depthwise_conv2d: every listed int8 kernel on layers of real models.

#include "operators/bench_support.hpp"
#include "operators/depthwise_conv2d/op.hpp"

namespace verge {
namespace {

struct Layer {
    const char* name;
    std::uint32_t h, w, c, stride;
};

constexpr Layer kLayers[] = {
    {"keywords_depthwise", 25, 5, 64, 1},     // DS-CNN of MLPerf Tiny
    {"wake_words_depthwise", 48, 48, 8, 1},   // MobileNetV1 0.25 of MLPerf Tiny
    {"mobilenet_depthwise", 28, 28, 256, 1},  // MobileNetV1
};

void add_layer(const Layer& layer) {
    test::Random random(1);
    DepthwiseConv2D a{};
    a.stride_h = a.stride_w = static_cast<std::int32_t>(layer.stride);
    a.dilation_h = a.dilation_w = a.multiplier = a.pad_top = a.pad_left = 1;
    a.kernel_h = a.kernel_w = 3;
    a.input_offset = 5;
    a.output_offset = -7;
    a.clamp_min = -128;
    a.clamp_max = 127;
    std::vector<std::int32_t> requant(std::size_t{2} * layer.c, (1 << 30) + 12345);
    std::fill(requant.begin() + layer.c, requant.end(), -7);
    const std::size_t pixels = std::size_t{layer.h} * layer.w;
    const test::OneStep step(
        OpId::depthwise_conv2d, a,
        {test::input({1, layer.h, layer.w, layer.c},
                     random.values<std::int8_t>(pixels * layer.c, -128, 127)),
         test::constant({1, 3, 3, layer.c},
                        random.values<std::int8_t>(std::size_t{9} * layer.c, -127, 127)),
         test::constant({layer.c}, random.values<std::int32_t>(layer.c, -2000, 2000)),
         test::constant({2, layer.c}, requant)},
        {test::output(plan::Type::s8, {1, layer.h, layer.w, layer.c})});
    bench::add(layer.name, step, static_cast<double>(pixels * layer.c) * 9);
}

const bool kAdded = [] {
    std::ranges::for_each(kLayers, add_layer);
    return true;
}();

}  // namespace
}  // namespace verge
