// Fuzzing the door: whatever the bytes are, read() ends, stays inside them, and what it accepts
// holds what read.hpp promises.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "formats/tflite/read.hpp"

namespace {

using namespace verge::tflite;

/// Touches every byte that the model views and every index; a lie shows as a sanitizer's report.
unsigned touch(const Model& model) {
    unsigned sum = 0;
    for (const Subgraph& subgraph : model.subgraphs) {
        for (const Tensor& tensor : subgraph.tensors) {
            for (const std::byte byte : tensor.data) {
                sum += static_cast<unsigned>(byte);
            }
        }
        for (const Operator& operation : subgraph.operators) {
            for (const std::int32_t input : operation.inputs) {
                sum += input == kNoTensor
                           ? 0U
                           : static_cast<unsigned>(
                                 subgraph.tensors[static_cast<std::size_t>(input)].type);
            }
            for (const std::byte byte : operation.custom_options) {
                sum += static_cast<unsigned>(byte);
            }
        }
    }
    return sum;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto model = read(std::as_bytes(std::span(data, size)));
    if (!model.ok()) {
        return model.error().message().empty() ? std::abort(), 1 : 0;
    }
    volatile unsigned sum = touch(model.value());
    static_cast<void>(sum);
    return 0;
}
