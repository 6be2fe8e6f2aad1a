#include "compiler/passes/stream_start.hpp"

#include <cstring>

namespace verge::compiler {
namespace {

using graph::ValueId;

Bytes zeros_of(const graph::Value& value) {
    Bytes bytes(static_cast<std::size_t>(graph::byte_count(value.type, value.dims)));
    const auto element = static_cast<std::size_t>(plan::element_bytes(value.type));
    const auto& zero_points = value.quantisation.zero_points;
    const std::int32_t zero = zero_points.empty() ? 0 : zero_points[0];
    const bool is_stored = value.type == plan::Type::s8 || value.type == plan::Type::u8 ||
                           value.type == plan::Type::s16 || value.type == plan::Type::u16 ||
                           value.type == plan::Type::s32;
    for (std::size_t at = 0; is_stored && at < bytes.size(); at += element) {
        std::memcpy(bytes.data() + at, &zero, element);
    }
    return bytes;
}

}  // namespace

Outcome<std::vector<Bytes>> run_on_zeros(const graph::Graph& graph) {
    std::vector<Bytes> bytes(graph.value_count());
    for (std::uint32_t i = 0; i < graph.value_count(); ++i) {
        const auto constant = graph[ValueId{i}].constant.bytes();
        bytes[i].assign(constant.begin(), constant.end());
    }
    for (const ValueId input : graph.inputs) {
        bytes[graph::index(input)] = zeros_of(graph[input]);
    }
    for (const graph::Node& node : graph.nodes) {
        std::vector<std::span<const std::byte>> inputs;
        for (const ValueId id : node.inputs) {
            inputs.emplace_back(id == graph::kNoValue ? std::span<const std::byte>()
                                                      : bytes[graph::index(id)]);
        }
        VERGE_ASSIGN(std::vector<Bytes> outputs, evaluate(graph, node, inputs));
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            bytes[graph::index(node.outputs[i])] = std::move(outputs[i]);
        }
    }
    return bytes;
}

graph::Constant repeat_column(const Bytes& window,
                              std::int64_t count,
                              std::int64_t column,
                              std::int64_t length) {
    const std::size_t bytes = window.size() / static_cast<std::size_t>(count);
    const auto first =
        window.begin() + static_cast<std::ptrdiff_t>(column) * static_cast<std::ptrdiff_t>(bytes);
    Bytes contents;
    contents.reserve(bytes * static_cast<std::size_t>(length));
    for (std::int64_t i = 0; i < length; ++i) {
        contents.insert(contents.end(), first, first + static_cast<std::ptrdiff_t>(bytes));
    }
    return graph::Constant(std::move(contents));
}

}  // namespace verge::compiler
