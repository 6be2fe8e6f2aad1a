#include "compiler/passes/stream_plan.hpp"

#include <algorithm>
#include <set>

#include "graph/verify.hpp"
#include "operators/rule.hpp"

namespace verge::compiler {
namespace {

using graph::Dims;
using graph::Graph;
using graph::Node;
using graph::ValueId;

/// Beyond this many streamed operators only their number is tried, not which states to shorten.
constexpr std::size_t kMostChoices = 40;

/// What a plan may do.
struct Choice {
    std::size_t depth = 0;        // operators that are streamed, counted from the input
    std::set<ValueId> shortened;  // more is computed before, so that the state holds the end only
};

class Planner {
public:
    Planner(const Graph& graph, const Frames& frames, std::int64_t hop)
        : graph_(graph), frames_(frames), hop_(hop) {}

    StreamPlan run(const Choice& choice) {
        plan_ = {};
        plan_.columns.resize(graph_.value_count());
        plan_.lowest.resize(graph_.value_count());
        read_.assign(graph_.value_count(), {});
        find_columns(choice.depth);
        find_reads(choice.shortened);
        count();
        return std::move(plan_);
    }

private:
    [[nodiscard]] bool has_columns(ValueId id) const {
        return id != graph::kNoValue && plan_.columns[graph::index(id)].has_value();
    }

    Columns& columns(ValueId id) { return *plan_.columns[graph::index(id)]; }

    void find_columns(std::size_t depth) {
        Columns frames;
        frames.axis = frames_.axis;
        frames.count = graph_[frames_.value].dims[frames_.axis];
        frames.interior = {0, frames.count};
        set_hop(frames, hop_);
        plan_.columns[graph::index(frames_.value)] = frames;
        for (const Node& node : graph_.nodes) {
            const bool reads_columns =
                std::ranges::any_of(node.inputs, [&](ValueId input) { return has_columns(input); });
            if (reads_columns) {
                depth -= follow(node, depth > 0) ? 1U : 0U;
            }
        }
    }

    /// Notes what becomes of a node that reads columns; true when it is streamed.
    bool follow(const Node& node, bool may_stream) {
        const std::string& name = node.name.empty() ? graph_[node.outputs[0]].name : node.name;
        StreamedNode entry{name, graph::operator_name(node.op), 0, 0, 0, ""};
        auto motion = motion_of(graph_, node, plan_.columns);
        bool is_streamed = false;
        if (!motion.ok()) {
            entry.reason = motion.error().what;
        } else {
            Columns& output = motion.value().output;
            set_hop(output, hop_);
            entry.columns = output.count;
            entry.computed = output.count;
            entry.reason = reason_of(output, may_stream);
            is_streamed = entry.reason.empty();
            if (is_streamed) {
                plan_.columns[graph::index(node.outputs[0])] = output;
            }
        }
        plan_.entry_of[node.outputs[0]] = plan_.nodes.size();
        plan_.nodes.push_back(std::move(entry));
        return is_streamed;
    }

    /// Why nothing of the output is kept; empty when something is.
    [[nodiscard]] std::string reason_of(const Columns& output, bool may_stream) const {
        if (output.phases == 0) {
            return std::to_string(hop_) +
                   " new frames are neither a multiple nor a divisor of its stride of " +
                   std::to_string(output.stride) + " frames";
        }
        if (!output.is_streamed()) {
            return "none of its columns outlives a run";
        }
        return may_stream ? "" : "the states have no room for it";
    }

    /// Which columns of each value are read, readers first.
    void find_reads(const std::set<ValueId>& shortened) {
        for (const ValueId output : graph_.outputs) {
            read_whole(output);
        }
        for (auto node = graph_.nodes.rbegin(); node != graph_.nodes.rend(); ++node) {
            if (&*node == frames_.reshape) {
                continue;
            }
            const ValueId output = node->outputs[0];
            if (!has_columns(output)) {
                std::ranges::for_each(node->inputs, [&](ValueId input) { read_whole(input); });
                continue;
            }
            if (shortened.contains(output)) {
                shorten(output);
            }
            read_for(*node);
        }
    }

    void read_whole(ValueId id) {
        if (has_columns(id)) {
            read_[graph::index(id)].push_back({0, columns(id).count});
        }
    }

    void read_for(const Node& node) {
        const Reach reach = motion_of(graph_, node, plan_.columns).value().reach;
        for (const ColumnRange part : computed_columns(columns(node.outputs[0]))) {
            for (const ValueId input : node.inputs) {
                if (has_columns(input)) {
                    read_[graph::index(input)].push_back(
                        reached(reach, part, columns(input).count));
                }
            }
        }
    }

    /// Computes before the kept columns whatever is read there, when something is kept even so.
    void shorten(ValueId value) {
        Columns& c = columns(value);
        std::int64_t before = c.before;
        for (const ColumnRange range : read_[graph::index(value)]) {
            before = range.first <= before ? std::max(before, range.last) : before;
        }
        if (before < c.kept().last) {
            c.before = before;
        }
    }

    void count() {
        for (std::uint32_t i = 0; i < graph_.value_count(); ++i) {
            if (plan_.columns[i].has_value()) {
                count_state(ValueId{i});
            }
        }
        for (const Node& node : graph_.nodes) {
            const Rule& rule = *row(node.op).rule;
            const std::int64_t macs = rule.macs == nullptr ? 0 : rule.macs(graph_, node);
            if (!has_columns(node.outputs[0]) || &node == frames_.reshape) {
                plan_.macs += macs;
                continue;
            }
            const Columns& c = columns(node.outputs[0]);
            const std::int64_t computed = c.count - c.kept().count();
            plan_.macs += macs / c.count * computed;
            plan_.nodes[plan_.entry_of.at(node.outputs[0])].computed = computed;
        }
    }

    void count_state(ValueId value) {
        const Columns& c = columns(value);
        const ColumnRange kept = c.kept();
        auto& lowest = plan_.lowest[graph::index(value)];
        for (const ColumnRange range : read_[graph::index(value)]) {
            const std::int64_t first = std::max(range.first, kept.first);
            if (first < std::min(range.last, kept.last)) {
                lowest = std::min(lowest.value_or(first), first);
            }
        }
        if (lowest.has_value()) {
            const std::int64_t bytes = graph::byte_count(graph_[value].type, graph_[value].dims) /
                                       c.count * state_columns(c, *lowest);
            plan_.state_bytes += bytes;
            if (const auto entry = plan_.entry_of.find(value); entry != plan_.entry_of.end()) {
                plan_.nodes[entry->second].state_bytes = bytes;
            }
        }
    }

    const Graph& graph_;
    const Frames& frames_;
    std::int64_t hop_;
    StreamPlan plan_;
    std::vector<std::vector<ColumnRange>> read_;  // by value
};

/// Shortens states, each time the one that costs the fewest products for a byte, until they fit.
StreamPlan fit(Planner& planner, Choice choice, std::int64_t most) {
    StreamPlan plan = planner.run(choice);
    // What has no state needs none either when its readers compute more: it computes more, too.
    for (const auto& [value, entry] : plan.entry_of) {
        if (!plan.lowest[graph::index(value)].has_value()) {
            choice.shortened.insert(value);
        }
    }
    while (plan.state_bytes > most && plan.nodes.size() <= kMostChoices) {
        std::optional<StreamPlan> best;
        ValueId chosen{};
        double least = 0;
        for (const auto& [value, entry] : plan.entry_of) {
            Choice trial = choice;
            if (!trial.shortened.insert(value).second) {
                continue;
            }
            StreamPlan shorter = planner.run(trial);
            const std::int64_t saved = plan.state_bytes - shorter.state_bytes;
            const double price = static_cast<double>(shorter.macs - plan.macs) /
                                 static_cast<double>(std::max<std::int64_t>(saved, 1));
            if (saved > 0 && (!best.has_value() || price < least)) {
                best = std::move(shorter);
                chosen = value;
                least = price;
            }
        }
        if (!best.has_value()) {
            break;
        }
        plan = std::move(*best);
        choice.shortened.insert(chosen);
    }
    return plan;
}

}  // namespace

std::optional<std::size_t> first_axis(const Dims& dims) {
    const auto first = std::ranges::find_if(dims, [](std::int64_t dim) { return dim != 1; });
    return first == dims.end() ? std::nullopt
                               : std::optional(static_cast<std::size_t>(first - dims.begin()));
}

std::optional<Frames> find_frames(const Graph& graph) {
    const ValueId input = graph.inputs[0];
    const auto axis = first_axis(graph[input].dims);
    if (!axis.has_value() || graph[input].dims.size() > plan::kMaxRank) {
        return std::nullopt;
    }
    const auto readers = graph::readers(graph, input);
    const bool is_flat = graph[input].dims[*axis] == graph::element_count(graph[input].dims);
    if (is_flat && readers.size() == 1 && graph.nodes[readers[0]].op == OpId::reshape) {
        const Node& reshape = graph.nodes[readers[0]];
        const auto inner = first_axis(graph[reshape.outputs[0]].dims);
        if (inner.has_value() && graph[reshape.outputs[0]].dims.size() <= plan::kMaxRank) {
            return Frames{reshape.outputs[0], *inner, &reshape};
        }
    }
    return Frames{input, *axis, nullptr};
}

std::int64_t state_columns(const Columns& columns, std::int64_t first) {
    return (columns.interior.last - 1 - first) * columns.phases + 1;
}

std::vector<ColumnRange> computed_columns(const Columns& columns) {
    std::vector<ColumnRange> parts;
    if (columns.before > 0) {
        parts.push_back({0, columns.before});
    }
    parts.push_back({columns.kept().last, columns.count});
    return parts;
}

Outcome<StreamPlan> plan_stream(const Graph& graph,
                                const Frames& frames,
                                const StreamOptions& options) {
    Planner planner(graph, frames, options.frames);
    const std::int64_t most = options.most_state_bytes;
    StreamPlan best = planner.run({graph.nodes.size(), {}});
    if (most == 0 || best.state_bytes <= most) {
        return best;
    }
    bool fits = false;
    const std::size_t deepest = best.nodes.size();
    for (std::size_t depth = 0; depth <= deepest; ++depth) {
        StreamPlan plan = fit(planner, {depth, {}}, most);
        if (plan.state_bytes <= most && (!fits || plan.macs < best.macs)) {
            best = std::move(plan);
            fits = true;
        }
    }
    if (!fits) {
        return bad_input(
            "states of at most " + std::to_string(most) + " bytes",
            "the " + std::to_string(planner.run({}).state_bytes) + " bytes of the window's frames");
    }
    return best;
}

}  // namespace verge::compiler
