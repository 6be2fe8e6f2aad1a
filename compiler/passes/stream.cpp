#include "compiler/passes/stream.hpp"

#include <algorithm>
#include <optional>

#include "compiler/passes/columns.hpp"
#include "compiler/passes/members.hpp"
#include "compiler/passes/stream_plan.hpp"
#include "compiler/passes/stream_ring.hpp"
#include "compiler/passes/stream_start.hpp"
#include "graph/rewrite.hpp"
#include "graph/verify.hpp"
#include "operators/read_state/op.hpp"
#include "operators/reshape/op.hpp"
#include "operators/slide/op.hpp"
#include "operators/strided_slice/op.hpp"

namespace verge::compiler {
namespace {

using graph::Dims;
using graph::Graph;
using graph::Node;
using graph::Value;
using graph::ValueId;

/// Why the graph stays as it is; empty when it may be streamed.
std::string obstacle_of(const Graph& graph) {
    if (graph.inputs.size() != 1) {
        return "the model has " + std::to_string(graph.inputs.size()) +
               " inputs; one stream of frames is known";
    }
    for (std::uint32_t i = 0; i < graph.value_count(); ++i) {
        if (graph[ValueId{i}].kind == graph::ValueKind::state) {
            return "the model keeps '" + graph[ValueId{i}].name +
                   "' from run to run: it streams already, in its own way";
        }
    }
    return find_frames(graph).has_value() ? "" : "the model's input has no axis of time";
}

class Streamer {
public:
    Streamer(const Graph& graph, const StreamOptions& options)
        : before_(graph), options_(options), after_(graph), builder_(after_) {}

    /// The streamed graph, or nothing when a run brings the whole window.
    Outcome<StreamReport> run() {
        frames_ = *find_frames(before_);
        report_.frames = options_.frames;
        report_.window_frames = before_[frames_.value].dims[frames_.axis];
        if (options_.frames < 1 || options_.frames > report_.window_frames) {
            return bad_input(
                std::to_string(options_.frames) + " new frames a run",
                "from 1 to the " + std::to_string(report_.window_frames) + " frames of the window");
        }
        report_.runs_until_full = (report_.window_frames + options_.frames - 1) / options_.frames;
        if (options_.frames == report_.window_frames) {
            report_.reason = "each run brings a whole window";
            return std::move(report_);
        }
        VERGE_ASSIGN(plan_, plan_stream(before_, frames_, options_));
        VERGE_CHECK(rebuild());
        report_.nodes = plan_.nodes;
        report_.state_bytes = plan_.state_bytes;
        report_.is_streamed = true;
        return std::move(report_);
    }

    Graph take() { return std::move(after_); }

private:
    [[nodiscard]] const Columns& columns(ValueId id) const {
        return *plan_.columns[graph::index(id)];
    }

    [[nodiscard]] bool has_columns(ValueId id) const {
        return id != graph::kNoValue && plan_.columns[graph::index(id)].has_value();
    }

    Done rebuild() {
        after_.nodes.clear();
        parts_.resize(before_.value_count());
        if (options_.starts_filled) {
            VERGE_ASSIGN(start_, run_on_zeros(before_));
        }
        add_input();
        for (const Node& node : before_.nodes) {
            if (&node == frames_.reshape) {
                continue;
            }
            has_columns(node.outputs[0]) ? add_parts(node) : add_whole(node);
        }
        for (ValueId& output : after_.outputs) {
            if (has_columns(output)) {
                output = add_output(output);
            }
        }
        graph::drop_unused_values(after_);
        return done();
    }

    /// The new frames as the model's only input, in the form of the old one.
    void add_input() {
        const ValueId old = before_.inputs[0];
        const std::size_t axis = *first_axis(before_[old].dims);
        const std::int64_t of_a_frame = before_[old].dims[axis] / report_.window_frames;
        const ValueId input = builder_.add_like(old, axis, of_a_frame * options_.frames);
        after_[input].name = before_[old].name;
        after_[old].name += "/window";
        after_.inputs = {input};
        ValueId fresh = input;
        if (frames_.reshape != nullptr) {
            fresh = builder_.add_like(frames_.value, frames_.axis, options_.frames);
            Node node{OpId::reshape, after_[fresh].name, {input}, {fresh}, {}};
            graph::set_attributes(node, Reshape{});
            after_.nodes.push_back(std::move(node));
        }
        Parts& parts = parts_[graph::index(frames_.value)];
        parts.columns = columns(frames_.value);
        parts.behind = fresh;
        add_ring(frames_.value, parts);
    }

    /// Moves the fresh columns into a state, where earlier ones are read again.
    void add_ring(ValueId value, Parts& parts) {
        const auto& lowest = plan_.lowest[graph::index(value)];
        if (!lowest.has_value()) {
            return;
        }
        const Columns& c = parts.columns;
        parts.ring.first = *lowest;
        parts.ring.length = state_columns(c, *lowest);
        const ValueId state = builder_.add_like(value, c.axis, parts.ring.length);
        after_[state].name = before_[value].name + "/kept";
        after_[state].kind = graph::ValueKind::state;
        if (options_.starts_filled) {
            const Bytes& window = start_[graph::index(value)];
            after_[state].constant =
                repeat_column(window, c.count, c.interior.first, parts.ring.length);
        }
        parts.ring.state = state;
        const ValueId fresh = builder_.slice(parts.behind, c.axis, {0, c.fresh});
        Node node{OpId::slide, after_[state].name, {fresh, state}, {state}, {}};
        graph::set_attributes(node, Slide{});
        after_.nodes.push_back(std::move(node));
    }

    ValueId take_all(ValueId value) {
        const Parts& parts = parts_[graph::index(value)];
        return builder_.take(value, parts, {0, parts.columns.count});
    }

    void add_whole(const Node& node) {
        Node copy = node;
        for (ValueId& input : copy.inputs) {
            input = has_columns(input) ? take_all(input) : input;
        }
        after_.nodes.push_back(std::move(copy));
    }

    void add_parts(const Node& node) {
        const ValueId output = node.outputs[0];
        const Motion motion = motion_of(before_, node, plan_.columns).value();
        Parts parts;
        parts.columns = columns(output);
        for (const ColumnRange range : computed_columns(parts.columns)) {
            (range.first == 0 ? parts.before : parts.behind) = add_part(node, motion.reach, range);
        }
        add_ring(output, parts);
        parts_[graph::index(output)] = parts;
    }

    /// The columns `range` of the node's output.
    ValueId add_part(const Node& node, const Reach& reach, ColumnRange range) {
        Node copy = node;
        ColumnRange read;
        for (ValueId& input : copy.inputs) {
            if (has_columns(input)) {
                const Parts& parts = parts_[graph::index(input)];
                read = reached(reach, range, parts.columns.count);
                input = builder_.take(input, parts, read);
            }
        }
        const Columns& output = columns(node.outputs[0]);
        const auto pad =
            static_cast<std::int32_t>(read.first - (range.first * reach.stride - reach.pad));
        fit(copy, output, pad, range.count());
        const ValueId part = builder_.add_like(node.outputs[0], output.axis, range.count());
        copy.outputs = {part};
        copy.name = (node.name.empty() ? before_[node.outputs[0]].name : node.name) +
                    (range.first == 0 ? " (before)" : " (behind)");
        after_.nodes.push_back(std::move(copy));
        return part;
    }

    /// Attributes that know of the time axis.
    static void fit(Node& node, const Columns& output, std::int32_t pad, std::int64_t count) {
        const char* member = output.axis == 1 ? "pad_top" : "pad_left";
        if (has_member(node, member)) {
            set_int(node, member, pad);
        }
        if (node.op == OpId::strided_slice) {
            auto a = graph::attributes<StridedSlice>(node);
            const auto axis = std::ranges::find_if(a.count, [](std::int32_t n) { return n != 1; });
            *axis = static_cast<std::int32_t>(count);
            graph::set_attributes(node, a);
        }
    }

    /// An output of the graph is a value of its own, no state.
    ValueId add_output(ValueId value) {
        const ValueId whole = take_all(value);
        const ValueId copy = builder_.add_like(value, columns(value).axis, columns(value).count);
        after_[copy].name = before_[value].name;
        after_[value].name += "/window";
        Node node{OpId::read_state, before_[value].name, {whole}, {copy}, {}};
        graph::set_attributes(node, ReadState{});
        after_.nodes.push_back(std::move(node));
        return copy;
    }

    const Graph& before_;
    const StreamOptions& options_;
    Graph after_;
    ColumnBuilder builder_;
    Frames frames_;
    StreamReport report_;
    StreamPlan plan_;
    std::vector<Parts> parts_;  // by value
    std::vector<Bytes> start_;  // by value: on frames of zeros
};

}  // namespace

Outcome<StreamReport> stream(graph::Graph& graph, const StreamOptions& options) {
    StreamReport report;
    report.frames = options.frames;
    report.reason = obstacle_of(graph);
    if (!report.reason.empty()) {
        return report;
    }
    Streamer streamer(graph, options);
    VERGE_ASSIGN(report, streamer.run());
    if (report.is_streamed) {
        graph = streamer.take();
    }
    return report;
}

}  // namespace verge::compiler
