#pragma once
// Which channels of 8-bit activations always hold one stored value, whatever the input.

#include <cstdint>
#include <optional>
#include <vector>

#include "graph/graph.hpp"

namespace verge::compiler {

/// By channel (index of the last dimension); empty for a value of which nothing is known.
using ConstantChannels = std::vector<std::optional<std::int32_t>>;

/// By ValueId. Proven through filters (a filter at its zero point, an input at its zero point, or
/// an input that is constant where no window is padded), pools, reshapes that keep the last
/// dimension, and element-wise operators.
[[nodiscard]] std::vector<ConstantChannels> find_constant_channels(const graph::Graph& graph);

/// An 8-bit element. Precondition: the value is a constant of s8 or u8.
[[nodiscard]] std::int32_t load_8bit(const graph::Value& value, std::size_t index);

[[nodiscard]] inline bool is_8bit(const graph::Value& value) {
    return value.type == plan::Type::s8 || value.type == plan::Type::u8;
}

/// How the channels of an operator's input become channels of its output. Only operators on 8-bit
/// activations flow; the others are unknown.
enum class ChannelFlow : std::uint8_t {
    unknown,
    mixed,  // a filter: each output channel sums over all input channels
    apart,  // output channel c depends on channel c of the activations that are read, and on no
            // other
};

[[nodiscard]] ChannelFlow channel_flow(const graph::Graph& graph, const graph::Node& node);

}  // namespace verge::compiler
