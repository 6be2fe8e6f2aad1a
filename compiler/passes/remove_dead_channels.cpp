#include "compiler/passes/remove_dead_channels.hpp"

#include <numeric>

#include "base/fixed_point.hpp"
#include "compiler/passes/constant_channels.hpp"
#include "compiler/passes/filter.hpp"
#include "compiler/passes/members.hpp"
#include "graph/rewrite.hpp"

namespace verge::compiler {
namespace {

using graph::Graph;
using graph::Node;
using graph::Value;
using graph::ValueId;

/// Channels of a value that can be removed one by one.
std::size_t channels_of(const Value& value) {
    const bool has_channels =
        value.kind == graph::ValueKind::activation && is_8bit(value) && !value.dims.empty();
    return has_channels ? static_cast<std::size_t>(value.dims.back()) : 0;
}

/// No network has more; a graph with more is left alone, for this pass remembers each.
constexpr std::size_t kMostChannels = std::size_t{1} << 24U;

bool has_too_many_channels(const Graph& graph) {
    std::size_t sum = 0;
    for (std::uint32_t i = 0; i < graph.value_count() && sum <= kMostChannels; ++i) {
        sum += channels_of(graph[ValueId{i}]);
    }
    return sum > kMostChannels;
}

/// Which channels of each value can go: a partition of all channels, in which those that must go
/// together (through depthwise filters, pools, sums) are one set.
class Channels {
public:
    explicit Channels(const Graph& graph) : first_(graph.value_count() + 1) {
        for (std::uint32_t i = 0; i < graph.value_count(); ++i) {
            first_[i + 1] = first_[i] + channels_of(graph[ValueId{i}]);
        }
        parent_.resize(first_.back());
        std::iota(parent_.begin(), parent_.end(), std::size_t{0});
        must_stay_.resize(first_.back());
    }

    [[nodiscard]] std::size_t count(ValueId id) const {
        return first_[graph::index(id) + 1] - first_[graph::index(id)];
    }

    void tie(ValueId a, ValueId b, std::size_t channel) {
        const std::size_t from = root(first_[graph::index(a)] + channel);
        const std::size_t to = root(first_[graph::index(b)] + channel);
        must_stay_[to] = must_stay_[to] || must_stay_[from];
        parent_[from] = to;
    }

    void keep(ValueId id, std::size_t channel) {
        must_stay_[root(first_[graph::index(id)] + channel)] = true;
    }

    void keep_all(ValueId id) {
        for (std::size_t c = 0; id != graph::kNoValue && c < count(id); ++c) {
            keep(id, c);
        }
    }

    /// The channels that stay.
    [[nodiscard]] std::vector<std::size_t> kept(ValueId id) {
        std::vector<std::size_t> channels;
        for (std::size_t c = 0; c < count(id); ++c) {
            if (must_stay_[root(first_[graph::index(id)] + c)]) {
                channels.push_back(c);
            }
        }
        return channels;
    }

private:
    std::size_t root(std::size_t at) {
        while (parent_[at] != at) {
            parent_[at] = parent_[parent_[at]];
            at = parent_[at];
        }
        return at;
    }

    std::vector<std::size_t> first_;
    std::vector<std::size_t> parent_;
    std::vector<bool> must_stay_;
};

class Removal {
public:
    explicit Removal(Graph& graph)
        : graph_(graph), channels_(graph), constants_(find_constant_channels(graph)) {}

    bool run() {
        std::ranges::for_each(graph_.inputs, [&](ValueId id) { channels_.keep_all(id); });
        for (const Node& node : graph_.nodes) {
            follow(node);
        }
        std::ranges::for_each(graph_.outputs, [&](ValueId id) { channels_.keep_all(id); });
        keep_one_of_each();
        const std::size_t values = graph_.value_count();  // narrow() adds constants
        bool has_changed = false;
        for (Node& node : graph_.nodes) {
            has_changed = narrow(node) || has_changed;
        }
        for (std::uint32_t i = 0; has_changed && i < values; ++i) {
            if (channels_.count(ValueId{i}) > 0) {
                graph_[ValueId{i}].dims.back() =
                    static_cast<std::int64_t>(channels_.kept(ValueId{i}).size());
            }
        }
        return has_changed;
    }

private:
    void follow(const Node& node) {
        const ChannelFlow flow = channel_flow(graph_, node);
        if (flow == ChannelFlow::unknown) {
            std::ranges::for_each(node.inputs, [&](ValueId id) { channels_.keep_all(id); });
            std::ranges::for_each(node.outputs, [&](ValueId id) { channels_.keep_all(id); });
        } else if (flow == ChannelFlow::apart) {
            tie_inputs(node);
        } else {
            keep_summed(node, *filter_of(graph_, node));
        }
    }

    void tie_inputs(const Node& node) {
        const std::size_t count = channels_.count(node.outputs[0]);
        for (const ValueId id : node.inputs) {
            for (std::size_t c = 0;
                 id != graph::kNoValue && channels_.count(id) == count && c < count; ++c) {
                channels_.tie(id, node.outputs[0], c);
            }
        }
    }

    /// Inputs whose contribution to the sums is no constant stay.
    void keep_summed(const Node& node, const Filter& filter) {
        for (std::int64_t i = 0; i < filter.inputs; ++i) {
            if (!contribution(node, filter, i)) {
                channels_.keep(node.inputs[0], static_cast<std::size_t>(i));
            }
        }
    }

    /// What input channel `i`, where it is constant or not read, adds to each sum.
    std::optional<std::vector<std::int32_t>> contribution(const Node& node,
                                                          const Filter& filter,
                                                          std::int64_t i) const {
        const ConstantChannels& known = constants_[graph::index(node.inputs[0])];
        const auto value = known.empty() ? std::nullopt : known[static_cast<std::size_t>(i)];
        const std::int32_t input = value.value_or(0) + get_int(node, "input_offset");
        const bool is_constant = value && (input == 0 || is_never_padded(graph_, node));
        const std::int32_t weight_offset = get_int(node, "weight_offset");
        std::vector<std::int32_t> sums(static_cast<std::size_t>(filter.outputs));
        for (std::int64_t o = 0; o < filter.outputs; ++o) {
            for (std::int64_t tap = 0; tap < filter.taps; ++tap) {
                const std::int32_t weight =
                    load_8bit(graph_[node.inputs[1]], filter.at(o, tap, i)) + weight_offset;
                if (weight != 0 && !is_constant) {
                    return std::nullopt;
                }
                std::int32_t& sum = sums[static_cast<std::size_t>(o)];
                sum = wrapping_add(sum, wrapping_multiply(weight, input));
            }
        }
        return sums;
    }

    void keep_one_of_each() {
        for (std::uint32_t i = 0; i < graph_.value_count(); ++i) {
            if (channels_.count(ValueId{i}) > 0 && channels_.kept(ValueId{i}).empty()) {
                channels_.keep(ValueId{i}, 0);
            }
        }
    }

    bool is_narrowed(ValueId id) { return channels_.kept(id).size() != channels_.count(id); }

    /// Cuts the constants of a filter to the channels that stay.
    bool narrow(Node& node) {
        const auto filter = filter_of(graph_, node);
        const bool is_filter = filter && channel_flow(graph_, node) != ChannelFlow::unknown;
        if (!is_filter || (!is_narrowed(node.inputs[0]) && !is_narrowed(node.outputs[0]))) {
            return false;
        }
        const std::vector<std::size_t> outputs = channels_.kept(node.outputs[0]);
        const std::vector<std::size_t> inputs =
            filter->is_depthwise ? std::vector<std::size_t>{0} : channels_.kept(node.inputs[0]);
        if (!filter->is_depthwise) {
            absorb(node, *filter, inputs);
        }
        narrow_weights(node, *filter, outputs, inputs);
        if (graph::has_input(node, 2)) {
            node.inputs[2] = narrow_table(node.inputs[2], outputs, 1);
        }
        if (graph_[node.inputs[3]].dims.back() > 1) {
            node.inputs[3] = narrow_table(node.inputs[3], outputs, 2);
        }
        return true;
    }

    /// Adds what the inputs that go contribute to the bias.
    void absorb(Node& node, const Filter& filter, const std::vector<std::size_t>& kept) {
        std::vector<std::int32_t> bias(static_cast<std::size_t>(filter.outputs));
        if (graph::has_input(node, 2)) {
            std::ranges::copy(graph::elements<std::int32_t>(graph_[node.inputs[2]]), bias.begin());
        }
        const std::vector<std::int32_t> old = bias;
        for (std::int64_t i = 0; i < filter.inputs; ++i) {
            if (std::ranges::binary_search(kept, static_cast<std::size_t>(i))) {
                continue;
            }
            const auto sums = contribution(node, filter, i);
            for (std::size_t o = 0; o < bias.size(); ++o) {
                bias[o] = wrapping_add(bias[o], (*sums)[o]);
            }
        }
        if (bias != old) {
            set_bias(node, bias);
        }
    }

    void set_bias(Node& node, std::span<const std::int32_t> bias) {
        Value value{.name = node.name + "/bias",
                    .type = plan::Type::s32,
                    .dims = {static_cast<std::int64_t>(bias.size())},
                    .quantisation = {},
                    .kind = graph::ValueKind::constant,
                    .constant = {}};
        if (graph::has_input(node, 2)) {
            value = graph_[node.inputs[2]];
        }
        value.constant = graph::make_constant(bias);
        graph::set_input(node, 2, graph_.add(std::move(value)));
    }

    void narrow_weights(Node& node,
                        const Filter& filter,
                        const std::vector<std::size_t>& outputs,
                        const std::vector<std::size_t>& inputs) {
        Value value = graph_[node.inputs[1]];
        graph::Dims& dims = value.dims;
        dims[filter.output_axis] = static_cast<std::int64_t>(outputs.size());
        if (!filter.is_depthwise) {
            dims.back() = static_cast<std::int64_t>(inputs.size());
        }
        Filter narrow = filter;
        narrow.outputs = static_cast<std::int64_t>(outputs.size());
        narrow.inputs = static_cast<std::int64_t>(inputs.size());
        narrow.tap_stride = filter.is_depthwise ? narrow.outputs : narrow.inputs;
        narrow.output_stride = filter.is_depthwise ? 1 : narrow.inputs * filter.taps;
        std::vector<std::byte> bytes(static_cast<std::size_t>(graph::element_count(dims)));
        for (std::size_t o = 0; o < outputs.size(); ++o) {
            for (std::int64_t tap = 0; tap < filter.taps; ++tap) {
                for (std::size_t i = 0; i < inputs.size(); ++i) {
                    bytes[narrow.at(static_cast<std::int64_t>(o), tap,
                                    static_cast<std::int64_t>(i))] =
                        value.constant.bytes()[filter.at(static_cast<std::int64_t>(outputs[o]), tap,
                                                         static_cast<std::int64_t>(inputs[i]))];
                }
            }
        }
        value.constant = graph::Constant(std::move(bytes));
        narrow_quantisation(value.quantisation, outputs);
        node.inputs[1] = graph_.add(std::move(value));
    }

    /// A table of s32 whose last dimension counts output channels.
    ValueId narrow_table(ValueId id, const std::vector<std::size_t>& outputs, std::size_t rows) {
        Value value = graph_[id];
        const auto old = graph::elements<std::int32_t>(value);
        const std::size_t columns = old.size() / rows;
        std::vector<std::int32_t> table;
        for (std::size_t row = 0; row < rows; ++row) {
            for (const std::size_t o : outputs) {
                table.push_back(old[row * columns + o]);
            }
        }
        value.dims.back() = static_cast<std::int64_t>(outputs.size());
        narrow_quantisation(value.quantisation, outputs);
        value.constant = graph::make_constant<std::int32_t>(table);
        return graph_.add(std::move(value));
    }

    /// Per-axis quantisation of a filter is one of its output channels.
    static void narrow_quantisation(graph::Quantisation& q,
                                    const std::vector<std::size_t>& outputs) {
        const auto pick = [&](auto& list) {
            if (list.size() > 1) {
                auto old = list;
                list.clear();
                std::ranges::for_each(outputs, [&](std::size_t o) { list.push_back(old[o]); });
            }
        };
        pick(q.scales);
        pick(q.zero_points);
    }

    Graph& graph_;
    Channels channels_;
    std::vector<ConstantChannels> constants_;
};

}  // namespace

bool remove_dead_channels(Graph& graph) {
    bool has_changed = false;
    // What goes leaves inputs of its own producer unread: again, until nothing goes.
    while (!has_too_many_channels(graph) && Removal(graph).run()) {
        has_changed = true;
    }
    return has_changed;
}

}  // namespace verge::compiler
