// conv2d: every listed int8 kernel on layers of real models.

#include "operators/bench_support.hpp"
#include "operators/conv2d/op.hpp"

namespace verge {
namespace {

struct Layer {
    const char* name;
    std::uint32_t h, w, c, o, kernel, stride;
};

constexpr Layer kLayers[] = {
    {"keywords_1x1", 25, 5, 64, 64, 1, 1},     // DS-CNN of MLPerf Tiny
    {"wake_words_first", 96, 96, 3, 8, 3, 2},  // MobileNetV1 0.25 of MLPerf Tiny
    {"wake_words_1x1", 24, 24, 32, 32, 1, 1},
    {"images_3x3", 32, 32, 16, 16, 3, 1},       // ResNet of MLPerf Tiny
    {"mobilenet_1x1", 14, 14, 256, 512, 1, 1},  // MobileNetV1
    {"resnet18_3x3", 28, 28, 128, 128, 3, 1},
    {"resnet18_last_3x3", 7, 7, 512, 512, 3, 1},
};

void add_layer(const Layer& layer) {
    test::Random random(1);
    Conv2D a{};
    a.stride_h = a.stride_w = static_cast<std::int32_t>(layer.stride);
    a.dilation_h = a.dilation_w = a.groups = 1;
    a.kernel_h = a.kernel_w = static_cast<std::int32_t>(layer.kernel);
    a.pad_top = a.pad_left = static_cast<std::int32_t>(layer.kernel / 2);
    a.input_offset = 5;
    a.output_offset = -7;
    a.clamp_min = -128;
    a.clamp_max = 127;
    const std::uint32_t out_h = (layer.h - 1) / layer.stride + 1;
    const std::uint32_t out_w = (layer.w - 1) / layer.stride + 1;
    const std::uint32_t depth = layer.kernel * layer.kernel * layer.c;
    std::vector<std::int32_t> requant(std::size_t{2} * layer.o, (1 << 30) + 12345);
    std::fill(requant.begin() + layer.o, requant.end(), -9);
    const test::OneStep step(
        OpId::conv2d, a,
        {test::input(
             {1, layer.h, layer.w, layer.c},
             random.values<std::int8_t>(std::size_t{layer.h} * layer.w * layer.c, -128, 127)),
         test::constant({layer.o, layer.kernel, layer.kernel, layer.c},
                        random.values<std::int8_t>(std::size_t{layer.o} * depth, -127, 127)),
         test::constant({layer.o}, random.values<std::int32_t>(layer.o, -2000, 2000)),
         test::constant({2, layer.o}, requant)},
        {test::output(plan::Type::s8, {1, out_h, out_w, layer.o})});
    bench::add(layer.name, step, static_cast<double>(out_h) * out_w * layer.o * depth);
}

const bool kAdded = [] {
    std::ranges::for_each(kLayers, add_layer);
    return true;
}();

}  // namespace
}  // namespace verge
