#include "tests/columns/small_model.hpp"

#include <cstdint>
#include <string>

#include "formats/tflite/builder.hpp"
#include "operators/test_support.hpp"

namespace verge::test {
namespace {

using tflite::BuiltinOperator;
using tflite::TensorType;

constexpr std::int64_t kChannels = 36;
constexpr std::int64_t kRows = 13;
constexpr std::int64_t kColumns = 5;
constexpr std::int64_t kWords = 6;

/// Adds layers one behind the other.
class Maker {
public:
    Maker() {
        last_ = builder_.add_tensor("sound", TensorType::int8, {1, 25, 10, 1},
                                    tflite::per_tensor(0.5F, 3));
    }

    std::vector<std::byte> finish() {
        builder_.set_inputs({0});
        builder_.set_outputs({last_});
        return builder_.finish();
    }

    void convolve(std::int64_t kernel_h,
                  std::int64_t kernel_w,
                  std::int64_t channels,
                  std::int32_t stride) {
        tflite::Conv2DOptions options;
        options.stride_h = options.stride_w = stride;
        options.fused_activation_function = tflite::Activation::relu;
        const std::int32_t weights = add_weights({kChannels, kernel_h, kernel_w, channels}, 0);
        add(BuiltinOperator::CONV_2D, {last_, weights, add_bias(kChannels)},
            {1, kRows, kColumns, kChannels}, options);
    }

    void convolve_depthwise() {
        tflite::DepthwiseConv2DOptions options;
        options.stride_h = options.stride_w = 1;
        options.depth_multiplier = 1;
        options.fused_activation_function = tflite::Activation::relu;
        const std::int32_t weights = add_weights({1, 3, 3, kChannels}, 3);
        add(BuiltinOperator::DEPTHWISE_CONV_2D, {last_, weights, add_bias(kChannels)},
            {1, kRows, kColumns, kChannels}, options);
    }

    void pool() {
        tflite::Pool2DOptions options;
        options.padding = tflite::Padding::valid;
        options.stride_h = options.filter_height = static_cast<std::int32_t>(kRows);
        options.stride_w = options.filter_width = static_cast<std::int32_t>(kColumns);
        const auto from = last_;
        add(BuiltinOperator::AVERAGE_POOL_2D, {last_}, {1, 1, 1, kChannels}, options);
        builder_.tensor(last_).quantisation = builder_.tensor(from).quantisation;
    }

    void classify() {
        const auto weights =
            builder_.add_constant("w", TensorType::int8, {kWords, kChannels},
                                  values(kWords * kChannels), tflite::per_tensor(0.01F, 0));
        const auto bias = builder_.add_constant("b", TensorType::int32, {kWords},
                                                random_.values<std::int32_t>(kWords, -500, 500));
        add(BuiltinOperator::FULLY_CONNECTED, {last_, weights, bias}, {1, kWords},
            tflite::FullyConnectedOptions{});
        tflite::SoftmaxOptions options;
        options.beta = 1.0F;
        add(BuiltinOperator::SOFTMAX, {last_}, {1, kWords}, options);
        builder_.tensor(last_).quantisation = tflite::per_tensor(1.0F / 256, -128);
    }

private:
    std::vector<std::int8_t> values(std::int64_t count) {
        return random_.values<std::int8_t>(static_cast<std::size_t>(count), -127, 127);
    }

    std::int32_t add_weights(std::vector<std::int64_t> dims, std::int32_t axis) {
        std::int64_t count = 1;
        for (const std::int64_t dim : dims) {
            count *= dim;
        }
        std::vector<float> scales(static_cast<std::size_t>(kChannels));
        for (float& scale : scales) {
            scale = 0.002F + 0.0001F * static_cast<float>(random_.between(0, 40));
        }
        return builder_.add_constant("w", TensorType::int8, std::move(dims), values(count),
                                     tflite::per_axis(scales, axis));
    }

    std::int32_t add_bias(std::int64_t channels) {
        return builder_.add_constant(
            "b", TensorType::int32, {channels},
            random_.values<std::int32_t>(static_cast<std::size_t>(channels), -500, 500));
    }

    void add(BuiltinOperator op,
             std::vector<std::int32_t> inputs,
             std::vector<std::int64_t> dims,
             tflite::Options options) {
        last_ = builder_.add_tensor("layer" + std::to_string(++layers_), TensorType::int8,
                                    std::move(dims),
                                    tflite::per_tensor(0.4F, random_.between(-40, 20)));
        builder_.add_operator(op, std::move(inputs), {last_}, std::move(options));
    }

    tflite::ModelBuilder builder_;
    Random random_{5};
    std::int32_t last_ = 0;
    int layers_ = 0;
};

}  // namespace

std::vector<std::byte> small_keyword_model() {
    Maker maker;
    maker.convolve(5, 3, 1, 2);
    for (int i = 0; i < 3; ++i) {
        maker.convolve_depthwise();
        maker.convolve(1, 1, kChannels, 1);
    }
    maker.pool();
    maker.classify();
    return maker.finish();
}

}  // namespace verge::test
