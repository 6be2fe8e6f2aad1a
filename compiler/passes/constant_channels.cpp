#include "compiler/passes/constant_channels.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/fixed_point.hpp"
#include "compiler/passes/evaluate.hpp"
#include "compiler/passes/filter.hpp"
#include "compiler/passes/members.hpp"
#include "graph/rewrite.hpp"
#include "graph/verify.hpp"

namespace verge::compiler {
namespace {

using graph::Graph;
using graph::Node;
using graph::Value;
using graph::ValueId;
using graph::ValueKind;

constexpr std::array<std::string_view, 2> kPools = {"average_pool2d", "max_pool2d"};
constexpr std::array<std::string_view, 5> kElementwise = {"add", "sub", "mul", "clamp", "lookup"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, const Node& node) {
    return std::ranges::find(names, graph::operator_name(node.op)) != names.end();
}

bool is_activation(const Graph& graph, ValueId id) {
    return id != graph::kNoValue && graph[id].kind == ValueKind::activation;
}

/// Every activation that is read has the dims of the output, and constants have one element or lie
/// in a table that every channel shares.
bool is_elementwise(const Graph& graph, const Node& node) {
    const Value& y = graph[node.outputs[0]];
    const auto fits = [&](ValueId id) {
        return !is_activation(graph, id) || (graph[id].dims == y.dims && is_8bit(graph[id]));
    };
    const auto is_shared = [&](ValueId id) {
        return id == graph::kNoValue || !graph[id].is_constant() ||
               graph::element_count(graph[id].dims) == 1 ||
               graph::operator_name(node.op) == "lookup";
    };
    const auto is_state = [&](ValueId id) {
        return id != graph::kNoValue && graph[id].kind == ValueKind::state;
    };
    return is_one_of(kElementwise, node) && std::ranges::all_of(node.inputs, fits) &&
           std::ranges::all_of(node.inputs, is_shared) &&
           std::ranges::none_of(node.inputs, is_state);
}

bool keeps_last_dim(const Graph& graph, const Node& node) {
    const graph::Dims& x = graph[node.inputs[0]].dims;
    const graph::Dims& y = graph[node.outputs[0]].dims;
    return !x.empty() && !y.empty() && x.back() == y.back();
}

bool has_8bit_sums(const Graph& graph, const Node& node) {
    return graph::has_constant(graph, node, 3) && is_8bit(graph[node.inputs[1]]) &&
           get_int(node, "rounding") == static_cast<std::int32_t>(Rounding::double_round) &&
           (!graph::has_input(node, 2) || graph[node.inputs[2]].type == plan::Type::s32);
}

class Search {
public:
    explicit Search(const Graph& graph) : graph_(graph), known_(graph.value_count()) {}

    std::vector<ConstantChannels> run() {
        for (const Node& node : graph_.nodes) {
            const ChannelFlow flow = channel_flow(graph_, node);
            if (flow == ChannelFlow::unknown) {
                continue;
            }
            if (const auto filter = filter_of(graph_, node)) {
                follow_filter(node, *filter);
            } else if (is_one_of(kPools, node) || node.op == OpId::reshape) {
                follow_copy(node);
            } else {
                follow_elementwise(node);
            }
        }
        return std::move(known_);
    }

private:
    std::optional<std::int32_t> known(ValueId id, std::int64_t channel) const {
        const ConstantChannels& channels = known_[graph::index(id)];
        return channels.empty() ? std::nullopt : channels[static_cast<std::size_t>(channel)];
    }

    void follow_filter(const Node& node, const Filter& filter) {
        ConstantChannels& channels = known_[graph::index(node.outputs[0])];
        for (std::int64_t o = 0; o < filter.outputs; ++o) {
            const auto sum = constant_sum(node, filter, o);
            channels.push_back(sum ? std::optional(requantise(node, o, *sum)) : std::nullopt);
        }
    }

    /// What the window of output channel `o` always sums to, without the bias.
    std::optional<std::int32_t> constant_sum(const Node& node,
                                             const Filter& filter,
                                             std::int64_t o) const {
        const Value& weights = graph_[node.inputs[1]];
        const std::int32_t weight_offset = get_int(node, "weight_offset");
        const std::int32_t input_offset = get_int(node, "input_offset");
        const bool is_inside = is_never_padded(graph_, node);
        std::int32_t sum = 0;
        for (std::int64_t i = filter.is_depthwise ? o : 0;
             i < (filter.is_depthwise ? o + 1 : filter.inputs); ++i) {
            const auto input = known(node.inputs[0], i);
            for (std::int64_t tap = 0; tap < filter.taps; ++tap) {
                const std::int32_t weight =
                    load_8bit(weights, filter.at(o, tap, i)) + weight_offset;
                if (weight == 0) {
                    continue;
                }
                if (!input || (!is_inside && *input + input_offset != 0)) {
                    return std::nullopt;
                }
                sum = wrapping_add(sum, wrapping_multiply(weight, *input + input_offset));
            }
        }
        return sum;
    }

    std::int32_t requantise(const Node& node, std::int64_t o, std::int32_t sum) const {
        const auto requant = graph::elements<std::int32_t>(graph_[node.inputs[3]]);
        const std::size_t channels = requant.size() / 2;
        const auto at = channels == 1 ? 0 : static_cast<std::size_t>(o);
        if (graph::has_input(node, 2)) {
            sum = wrapping_add(sum, graph::elements<std::int32_t>(
                                        graph_[node.inputs[2]])[static_cast<std::size_t>(o)]);
        }
        const std::int32_t scaled = multiply(sum, requant[at], requant[channels + at]);
        return clamp(wrapping_add(scaled, get_int(node, "output_offset")),
                     get_int(node, "clamp_min"), get_int(node, "clamp_max"));
    }

    /// Pools: the mean and the maximum of equal values are that value.
    void follow_copy(const Node& node) {
        ConstantChannels channels = known_[graph::index(node.inputs[0])];
        for (auto& value : channels) {
            if (value && has_member(node, "clamp_min")) {
                value = clamp(*value, get_int(node, "clamp_min"), get_int(node, "clamp_max"));
            }
        }
        known_[graph::index(node.outputs[0])] = std::move(channels);
    }

    /// Runs the operator on one pixel in which the known channels have their values; what the
    /// others hold does not matter.
    void follow_elementwise(const Node& node) {
        Graph pixel;
        Node copy = node;
        std::vector<Bytes> bytes;
        const graph::Dims dims = {1, 1, 1, graph_[node.outputs[0]].dims.back()};
        ConstantChannels result(static_cast<std::size_t>(dims.back()), 0);
        for (ValueId& id : copy.inputs) {
            if (id == graph::kNoValue) {
                bytes.emplace_back();
                continue;
            }
            Value value = graph_[id];
            const auto constant = value.constant.bytes();
            bytes.emplace_back(constant.begin(), constant.end());
            if (value.kind == ValueKind::activation) {
                value.dims = dims;
                bytes.back() = fill_pixel(id, result);
            }
            id = pixel.add(std::move(value));
        }
        Value output = graph_[node.outputs[0]];
        output.dims = dims;
        copy.outputs = {pixel.add(output)};
        const std::vector<std::span<const std::byte>> inputs(bytes.begin(), bytes.end());
        const auto outputs = evaluate(pixel, copy, inputs);
        if (!outputs.ok()) {
            return;
        }
        output.constant = graph::Constant(outputs.value()[0]);
        for (std::size_t c = 0; c < result.size(); ++c) {
            result[c] = result[c] ? std::optional(load_8bit(output, c)) : std::nullopt;
        }
        known_[graph::index(node.outputs[0])] = std::move(result);
    }

    /// The known values of one input; takes those away from `result` that are unknown.
    Bytes fill_pixel(ValueId id, ConstantChannels& result) const {
        Bytes bytes(result.size());
        for (std::size_t c = 0; c < result.size(); ++c) {
            const auto value = known(id, static_cast<std::int64_t>(c));
            bytes[c] = static_cast<std::byte>(value.value_or(0));
            result[c] = value ? result[c] : std::nullopt;
        }
        return bytes;
    }

    const Graph& graph_;
    std::vector<ConstantChannels> known_;
};

}  // namespace

std::vector<ConstantChannels> find_constant_channels(const Graph& graph) {
    return Search(graph).run();
}

std::int32_t load_8bit(const Value& value, std::size_t index) {
    const auto byte = static_cast<std::uint8_t>(value.constant.bytes()[index]);
    return value.type == plan::Type::u8 ? byte : static_cast<std::int8_t>(byte);
}

ChannelFlow channel_flow(const Graph& graph, const Node& node) {
    if (node.outputs.size() != 1 || node.inputs.empty() || !is_activation(graph, node.inputs[0]) ||
        !is_activation(graph, node.outputs[0]) || !is_8bit(graph[node.inputs[0]]) ||
        !is_8bit(graph[node.outputs[0]]) || graph[node.outputs[0]].dims.empty()) {
        return ChannelFlow::unknown;
    }
    if (const auto filter = filter_of(graph, node)) {
        const ChannelFlow flow = filter->is_depthwise ? ChannelFlow::apart : ChannelFlow::mixed;
        return has_8bit_sums(graph, node) ? flow : ChannelFlow::unknown;
    }
    const bool is_copy = is_one_of(kPools, node) || node.op == OpId::reshape;
    const bool is_apart = is_copy ? keeps_last_dim(graph, node) : is_elementwise(graph, node);
    return is_apart ? ChannelFlow::apart : ChannelFlow::unknown;
}

}  // namespace verge::compiler
