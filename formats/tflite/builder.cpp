// The calls of ModelBuilder: each appends to the current subgraph.

#include "formats/tflite/builder.hpp"

#include <utility>

namespace verge::tflite {

ModelBuilder::ModelBuilder() {
    add_subgraph("main");
}

std::int32_t ModelBuilder::add_subgraph(std::string name) {
    model_.subgraphs.push_back(Subgraph{.name = std::move(name)});
    return static_cast<std::int32_t>(model_.subgraphs.size() - 1);
}

std::int32_t ModelBuilder::add_tensor(std::string name,
                                      TensorType type,
                                      std::vector<std::int64_t> shape,
                                      Quantisation quantisation,
                                      std::span<const std::byte> data) {
    auto& tensors = model_.subgraphs.back().tensors;
    tensors.push_back(Tensor{.name = std::move(name),
                             .type = type,
                             .shape = std::move(shape),
                             .quantisation = std::move(quantisation),
                             .data = kept(data)});
    return static_cast<std::int32_t>(tensors.size() - 1);
}

Operator& ModelBuilder::add_operator(BuiltinOperator code,
                                     std::vector<std::int32_t> inputs,
                                     std::vector<std::int32_t> outputs,
                                     Options options) {
    return model_.subgraphs.back().operators.emplace_back(Operator{.code = code,
                                                                   .inputs = std::move(inputs),
                                                                   .outputs = std::move(outputs),
                                                                   .options = std::move(options)});
}

Operator& ModelBuilder::add_custom(std::string name,
                                   std::vector<std::int32_t> inputs,
                                   std::vector<std::int32_t> outputs,
                                   std::span<const std::byte> options) {
    Operator& added = add_operator(BuiltinOperator::CUSTOM, std::move(inputs), std::move(outputs));
    added.custom_name = std::move(name);
    added.custom_options = kept(options);
    return added;
}

void ModelBuilder::set_inputs(std::vector<std::int32_t> inputs) {
    model_.subgraphs.back().inputs = std::move(inputs);
}

void ModelBuilder::set_outputs(std::vector<std::int32_t> outputs) {
    model_.subgraphs.back().outputs = std::move(outputs);
}

void ModelBuilder::add_metadata(std::string name, std::span<const std::byte> data) {
    model_.metadata.push_back(Metadata{std::move(name), kept(data)});
}

Tensor& ModelBuilder::tensor(std::int32_t index) {
    return model_.subgraphs.back().tensors.at(static_cast<std::size_t>(index));
}

std::vector<std::byte> ModelBuilder::finish(Placement placement) const {
    return write(model_, placement);
}

std::span<const std::byte> ModelBuilder::kept(std::span<const std::byte> data) {
    return data.empty() ? data : data_.emplace_back(data.begin(), data.end());
}

}  // namespace verge::tflite
