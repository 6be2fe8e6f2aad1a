// Writes the small models and files that verge_test.py hands to the program: make_test_models
// FOLDER

#include <cstdio>
#include <span>
#include <string>
#include <vector>

#include "formats/tflite/builder.hpp"
#include "platform/file.hpp"

namespace {

using verge::tflite::BuiltinOperator;
using verge::tflite::ModelBuilder;
using verge::tflite::TensorType;

/// Input x[1,2] float; three classes: x0, x1 and their mean.
ModelBuilder float_classes() {
    ModelBuilder builder;
    const auto x = builder.add_tensor("x", TensorType::float32, {1, 2});
    const auto weights = builder.add_constant<float>("weights", TensorType::float32, {3, 2},
                                                     {1, 0, 0, 1, 0.5F, 0.5F});
    const auto bias = builder.add_constant<float>("bias", TensorType::float32, {3}, {0, 0, 0});
    const auto y = builder.add_tensor("y", TensorType::float32, {1, 3});
    builder.add_operator(BuiltinOperator::FULLY_CONNECTED, {x, weights, bias}, {y},
                         verge::tflite::FullyConnectedOptions{});
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

/// Input picture[1,4,4,1] int8 (scale 1/255, zero point -128) -> 1x1 convolution -> 2x2 classes'
/// sums by fully connected: class 0 is the left half, class 1 the right half.
ModelBuilder int8_halves() {
    ModelBuilder builder;
    const auto picture = builder.add_tensor("picture", TensorType::int8, {1, 4, 4, 1},
                                            verge::tflite::per_tensor(1.0F / 255.0F, -128));
    const auto filter =
        builder.add_constant<std::int8_t>("filter", TensorType::int8, {1, 1, 1, 1}, {127},
                                          verge::tflite::per_axis({1.0F / 127.0F}, 0));
    const auto seen = builder.add_tensor("seen", TensorType::int8, {1, 4, 4, 1},
                                         verge::tflite::per_tensor(1.0F / 255.0F, -128));
    const auto none = builder.add_constant<std::int32_t>(
        "none", TensorType::int32, {1}, {0}, verge::tflite::per_axis({1.0F / 255.0F / 127.0F}, 0));
    builder.add_operator(BuiltinOperator::CONV_2D, {picture, filter, none}, {seen},
                         verge::tflite::Conv2DOptions{.stride_w = 1, .stride_h = 1});
    std::vector<std::int8_t> halves(32);
    for (std::size_t i = 0; i < 16; ++i) {
        halves[i % 4 < 2 ? i : 16 + i] = 127;
    }
    const auto weights = builder.add_constant<std::int8_t>(
        "halves", TensorType::int8, {2, 16}, halves, verge::tflite::per_tensor(1.0F / 127.0F, 0));
    const auto bias =
        builder.add_constant<std::int32_t>("bias", TensorType::int32, {2}, {0, 0},
                                           verge::tflite::per_tensor(1.0F / 255.0F / 127.0F, 0));
    const auto y = builder.add_tensor("y", TensorType::int8, {1, 2},
                                      verge::tflite::per_tensor(8.0F / 255.0F, -128));
    builder.add_operator(BuiltinOperator::FULLY_CONNECTED, {seen, weights, bias}, {y},
                         verge::tflite::FullyConnectedOptions{});
    builder.set_inputs({picture});
    builder.set_outputs({y});
    return builder;
}

/// y = max(x, 0) on four numbers: an autoencoder that cannot say negative ones.
ModelBuilder float_relu() {
    ModelBuilder builder;
    const auto x = builder.add_tensor("x", TensorType::float32, {1, 4});
    const auto y = builder.add_tensor("y", TensorType::float32, {1, 4});
    builder.add_operator(BuiltinOperator::RELU, {x}, {y});
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

/// A RELU, then two operators that nobody has.
ModelBuilder unsupported_operators() {
    ModelBuilder builder;
    const auto x = builder.add_tensor("x", TensorType::float32, {1, 4});
    const auto a = builder.add_tensor("a", TensorType::float32, {1, 4});
    const auto b = builder.add_tensor("b", TensorType::float32, {1, 4});
    const auto y = builder.add_tensor("y", TensorType::float32, {1, 4});
    builder.add_operator(BuiltinOperator::RELU, {x}, {a});
    builder.add_custom("Mystery", {a}, {b});
    builder.add_custom("Riddle", {b}, {y});
    builder.add_metadata("maker", std::as_bytes(std::span("a test", 6)));
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

/// Two inputs, each with its own output.
ModelBuilder float_pair() {
    ModelBuilder builder;
    const auto left = builder.add_tensor("left", TensorType::float32, {1, 4});
    const auto right = builder.add_tensor("right", TensorType::float32, {1, 4});
    const auto a = builder.add_tensor("a", TensorType::float32, {1, 4});
    const auto b = builder.add_tensor("b", TensorType::float32, {1, 4});
    builder.add_operator(BuiltinOperator::RELU, {left}, {a});
    builder.add_operator(BuiltinOperator::RELU, {right}, {b});
    builder.set_inputs({left, right});
    builder.set_outputs({a, b});
    return builder;
}

/// A RELU, then one whose output has another shape than its input.
ModelBuilder contradiction() {
    ModelBuilder builder;
    const auto x = builder.add_tensor("x", TensorType::float32, {1, 4});
    const auto a = builder.add_tensor("a", TensorType::float32, {1, 4});
    const auto y = builder.add_tensor("y", TensorType::float32, {1, 5});
    builder.add_operator(BuiltinOperator::RELU, {x}, {a});
    builder.add_operator(BuiltinOperator::RELU, {a}, {y});
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

/// A GATHER of words.
ModelBuilder strings() {
    ModelBuilder builder;
    const auto words = builder.add_tensor("words", TensorType::string, {4});
    const auto which = builder.add_tensor("which", TensorType::int32, {2});
    const auto y = builder.add_tensor("y", TensorType::string, {2});
    builder.add_operator(BuiltinOperator::GATHER, {words, which}, {y},
                         verge::tflite::GatherOptions{});
    builder.set_inputs({words, which});
    builder.set_outputs({y});
    return builder;
}

bool write(const std::string& path, const ModelBuilder& builder) {
    return verge::platform::write_file_atomically(path, builder.finish()).ok();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("make_test_models FOLDER\n", stderr);
        return 2;
    }
    const std::string folder = std::string(argv[1]) + "/";
    const bool is_done = write(folder + "classes.tflite", float_classes()) &&
                         write(folder + "halves.tflite", int8_halves()) &&
                         write(folder + "relu.tflite", float_relu()) &&
                         write(folder + "pair.tflite", float_pair()) &&
                         write(folder + "contradiction.tflite", contradiction()) &&
                         write(folder + "strings.tflite", strings()) &&
                         write(folder + "unsupported.tflite", unsupported_operators());
    return is_done ? 0 : 1;
}
