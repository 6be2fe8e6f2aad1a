// The small models, made with the builder as other rooms' tests make theirs.

#include "formats/tflite/test_models.hpp"

#include <array>
#include <cstdint>
#include <utility>

namespace verge::tflite {
namespace {

/// Appends operators to the current subgraph, each reading what the one before wrote.
template <std::size_t... Kind>
std::int32_t add_each_options(ModelBuilder& builder,
                              std::int32_t tensor,
                              std::index_sequence<Kind...>) {
    const auto add = [&](Options options) {
        if (std::holds_alternative<OtherOptions>(options) || !called_subgraphs(options).empty()) {
            options = OtherOptions{33, false};  // calls have a model of their own
        }
        const std::int32_t next = builder.add_tensor("", TensorType::float32, {1});
        builder.add_operator(BuiltinOperator::ABS, {tensor}, {next}, std::move(options));
        tensor = next;
    };
    (add(std::variant_alternative_t<Kind, Options>{}), ...);
    return tensor;
}

}  // namespace

ModelBuilder dense_model() {
    ModelBuilder builder;
    const auto x = builder.add_tensor("x", TensorType::float32, {1, 2});
    const auto weights = builder.add_constant<float>("weights", TensorType::float32, {3, 2},
                                                     {1.0F, 2.0F, 3.0F, 4.0F, 5.0F, 6.0F});
    const auto bias =
        builder.add_constant<float>("bias", TensorType::float32, {3}, {0.5F, -0.5F, 0.25F});
    const auto y = builder.add_tensor("y", TensorType::float32, {1, 3});
    builder.add_operator(BuiltinOperator::FULLY_CONNECTED, {x, weights, bias}, {y},
                         FullyConnectedOptions{.fused_activation_function = Activation::relu6,
                                               .keep_num_dims = true});
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

ModelBuilder quantised_model() {
    ModelBuilder builder;
    constexpr auto kInt8 = TensorType::int8;
    const auto x = builder.add_tensor("image", kInt8, {1, 4, 4, 1}, per_tensor(0.5F, -128));
    const auto filter = builder.add_constant<std::int8_t>(
        "filter", kInt8, {2, 1, 1, 1}, {127, -127}, per_axis({0.25F, 0.125F}, 0));
    const auto bias = builder.add_constant<std::int32_t>("bias", TensorType::int32, {2}, {100, -7},
                                                         per_axis({0.125F, 0.0625F}, 0));
    const auto y = builder.add_tensor("features", kInt8, {1, 2, 2, 2}, per_tensor(0.1F, 3));
    const auto z = builder.add_tensor("out", kInt8, {1, 2, 2, 2}, per_tensor(0.1F, 3));
    const auto scratch = builder.add_tensor("scratch", kInt8, {0}, per_tensor(0.1F, 3));
    auto& conv = builder.add_operator(
        BuiltinOperator::CONV_2D, {x, filter, bias}, {y},
        Conv2DOptions{.padding = Padding::valid, .stride_w = 2, .stride_h = 2});
    conv.version = 3;
    constexpr std::array<std::byte, 3> kBytes{std::byte{7}, std::byte{8}, std::byte{9}};
    auto& custom = builder.add_custom("my_operator", {y, kNoTensor}, {z}, kBytes);
    custom.intermediates = {scratch};
    builder.set_inputs({x});
    builder.set_outputs({z});
    builder.add_metadata("made_by", kBytes);
    builder.model().description = "a small quantised model";
    builder.model().signatures = {Signature{"serving", 0, {{"image", x}}, {{"out", z}}}};
    return builder;
}

ModelBuilder branching_model() {
    ModelBuilder builder;
    const auto yes = builder.add_tensor("yes", TensorType::boolean, {});
    const auto x = builder.add_tensor("x", TensorType::float32, {4});
    const auto y = builder.add_tensor("y", TensorType::float32, {4});
    builder.add_operator(BuiltinOperator::IF, {yes, x}, {y}, IfOptions{1, 2});
    builder.set_inputs({yes, x});
    builder.set_outputs({y});
    for (const auto code : {BuiltinOperator::RELU, BuiltinOperator::NEG}) {
        builder.add_subgraph(operator_name(code));
        const auto a = builder.add_tensor("a", TensorType::float32, {4});
        const auto b = builder.add_tensor("b", TensorType::float32, {4});
        builder.add_operator(code, {a}, {b});
        builder.set_inputs({a});
        builder.set_outputs({b});
    }
    return builder;
}

ModelBuilder odd_tensors_model() {
    ModelBuilder builder;
    const auto x = builder.add_tensor("x", TensorType::float32, {1, 3});
    builder.tensor(x).signature = {-1, 3};
    builder.tensor(x).has_rank = true;
    const auto packed = builder.add_constant<std::uint8_t>("packed", TensorType::int4, {3},
                                                           {0x21, 0x03}, per_tensor(1.0F, 0));
    const auto words = builder.add_constant<std::uint32_t>("words", TensorType::string, {1},
                                                           {1, 12, 16, 0x73657976});
    const auto state = builder.add_tensor("state", TensorType::float32, {3});
    builder.tensor(state).is_variable = true;
    const auto sparse =
        builder.add_constant<float>("sparse", TensorType::float32, {100}, {1.0F, 2.0F});
    builder.tensor(sparse).is_sparse = true;
    const auto y = builder.add_tensor("y", TensorType::float32, {});
    builder.add_custom("odd", {x, packed, words, state, sparse}, {y});
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

ModelBuilder every_options_model() {
    ModelBuilder builder;
    const auto x = builder.add_tensor("x", TensorType::float32, {1});
    const auto y =
        add_each_options(builder, x, std::make_index_sequence<std::variant_size_v<Options>>{});
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

std::vector<NamedModel> all_test_models() {
    std::vector<NamedModel> all;
    all.push_back({"dense", dense_model()});
    all.push_back({"quantised", quantised_model()});
    all.push_back({"branching", branching_model()});
    all.push_back({"odd_tensors", odd_tensors_model()});
    all.push_back({"every_options", every_options_model()});
    return all;
}

}  // namespace verge::tflite
