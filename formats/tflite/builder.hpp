#pragma once
// Makes a TensorFlow Lite model call by call; for tests and exporters that start from nothing.
//
//     ModelBuilder builder;
//     const auto x = builder.add_tensor("x", TensorType::float32, {1, 4});
//     const auto y = builder.add_tensor("y", TensorType::float32, {1, 4});
//     builder.add_operator(BuiltinOperator::RELU, {x}, {y});
//     builder.set_inputs({x});
//     builder.set_outputs({y});
//     const std::vector<std::byte> file = builder.finish();

#include <cstddef>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "formats/tflite/model.hpp"
#include "formats/tflite/write.hpp"

namespace verge::tflite {

/// Holds a Model and the bytes of its constants. It begins with one subgraph, called "main".
class ModelBuilder {
public:
    ModelBuilder();
    ModelBuilder(const ModelBuilder&) = delete;  // the model's spans point into this object
    ModelBuilder& operator=(const ModelBuilder&) = delete;
    ModelBuilder(ModelBuilder&&) = default;
    ModelBuilder& operator=(ModelBuilder&&) = default;
    ~ModelBuilder() = default;

    /// Begins another subgraph, to which all later calls add; gives its index.
    std::int32_t add_subgraph(std::string name);

    /// Adds a tensor to the current subgraph; gives its index. Data is copied; none: not a
    /// constant.
    std::int32_t add_tensor(std::string name,
                            TensorType type,
                            std::vector<std::int64_t> shape,
                            Quantisation quantisation = {},
                            std::span<const std::byte> data = {});

    /// The same with numbers as data, of a C++ type that has the size of `type`.
    template <typename Number>
        requires std::is_arithmetic_v<Number>
    std::int32_t add_constant(std::string name,
                              TensorType type,
                              std::vector<std::int64_t> shape,
                              const std::vector<Number>& data,
                              Quantisation quantisation = {}) {
        return add_tensor(std::move(name), type, std::move(shape), std::move(quantisation),
                          std::as_bytes(std::span(data)));
    }

    /// Adds an operator to the current subgraph; the reference (for version, intermediates) holds
    /// until the next call.
    Operator& add_operator(BuiltinOperator code,
                           std::vector<std::int32_t> inputs,
                           std::vector<std::int32_t> outputs,
                           Options options = {});

    /// Adds a custom operator with its option bytes, which are copied.
    Operator& add_custom(std::string name,
                         std::vector<std::int32_t> inputs,
                         std::vector<std::int32_t> outputs,
                         std::span<const std::byte> options = {});

    /// Of the current subgraph.
    void set_inputs(std::vector<std::int32_t> inputs);
    void set_outputs(std::vector<std::int32_t> outputs);

    /// Named bytes beside the model; copied.
    void add_metadata(std::string name, std::span<const std::byte> data);

    /// The model so far, to change what has no call of its own (signatures, flags of tensors).
    /// Its spans hold while the builder lives.
    [[nodiscard]] Model& model() { return model_; }

    [[nodiscard]] Tensor& tensor(std::int32_t index);

    /// The .tflite file.
    [[nodiscard]] std::vector<std::byte> finish(Placement placement = Placement::automatic) const;

private:
    [[nodiscard]] std::span<const std::byte> kept(std::span<const std::byte> data);

    Model model_;
    std::deque<std::vector<std::byte>> data_;
};

/// One scale and zero point for a whole tensor.
[[nodiscard]] inline Quantisation per_tensor(float scale, std::int64_t zero_point) {
    return {.scales = {scale}, .zero_points = {zero_point}};
}

/// A scale for each index along an axis, zero points 0.
[[nodiscard]] inline Quantisation per_axis(std::vector<float> scales, std::int32_t axis) {
    std::vector<std::int64_t> zero_points(scales.size(), 0);
    return {.scales = std::move(scales), .zero_points = std::move(zero_points), .axis = axis};
}

}  // namespace verge::tflite
