#include "compiler/passes/order_for_peak.hpp"

#include <map>
#include <optional>
#include <queue>

namespace verge::compiler {
namespace {

using graph::Graph;
using graph::Node;
using graph::ValueId;
using graph::ValueKind;

/// How many sets of nodes the exact search may visit.
constexpr std::size_t kMostSets = 20000;

using NodeSet = std::vector<bool>;

/// What the order must respect, and what a node costs.
struct Problem {
    std::vector<std::vector<std::size_t>> before;   // by node: nodes that must have run
    std::vector<std::vector<std::size_t>> reads;    // by node: buffers, each once
    std::vector<std::vector<std::size_t>> writes;   // by node: buffers
    std::vector<std::vector<std::size_t>> readers;  // by buffer: nodes
    std::vector<std::int64_t> bytes;                // by buffer
    std::vector<bool> is_output;                    // by buffer: lives to the end
    std::int64_t live_at_start = 0;
};

void add_once(std::vector<std::size_t>& list, std::size_t item) {
    if (std::ranges::find(list, item) == list.end()) {
        list.push_back(item);
    }
}

/// Node `i` runs after what made or changed its operands; a write also after earlier reads.
void order_operands(const Graph& graph, Problem& problem) {
    std::vector<std::vector<std::size_t>> written(graph.value_count());
    std::vector<std::vector<std::size_t>> read(graph.value_count());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const auto after = [&](const std::vector<std::size_t>& nodes) {
            std::ranges::for_each(nodes, [&](std::size_t n) { add_once(problem.before[i], n); });
        };
        for (const ValueId id : graph.nodes[i].inputs) {
            if (id != graph::kNoValue) {
                after(written[graph::index(id)]);
                read[graph::index(id)].push_back(i);
            }
        }
        for (const ValueId id : graph.nodes[i].outputs) {
            after(written[graph::index(id)]);
            after(read[graph::index(id)]);
            written[graph::index(id)].push_back(i);
        }
        std::erase(problem.before[i], i);
    }
}

Problem problem_of(const Graph& graph) {
    Problem problem;
    const std::size_t nodes = graph.nodes.size();
    problem.before.resize(nodes);
    problem.reads.resize(nodes);
    problem.writes.resize(nodes);
    problem.readers.resize(graph.value_count());
    problem.is_output.resize(graph.value_count());
    for (std::uint32_t v = 0; v < graph.value_count(); ++v) {
        const graph::Value& value = graph[ValueId{v}];
        const bool is_buffer = value.kind == ValueKind::activation;
        problem.bytes.push_back(is_buffer ? graph::byte_count(value.type, value.dims) : 0);
    }
    for (std::size_t i = 0; i < nodes; ++i) {
        for (const ValueId id : graph.nodes[i].inputs) {
            if (id != graph::kNoValue) {
                add_once(problem.reads[i], graph::index(id));
                add_once(problem.readers[graph::index(id)], i);
            }
        }
        for (const ValueId id : graph.nodes[i].outputs) {
            add_once(problem.writes[i], graph::index(id));
        }
    }
    for (const ValueId id : graph.outputs) {
        problem.is_output[graph::index(id)] = true;
    }
    for (const ValueId id : graph.inputs) {
        problem.live_at_start += problem.bytes[graph::index(id)];
    }
    order_operands(graph, problem);
    return problem;
}

/// Some nodes have run.
struct State {
    NodeSet has_run;
    std::int64_t live = 0;
    std::int64_t peak = 0;
    std::vector<std::size_t> order;
};

bool is_ready(const Problem& problem, const State& state, std::size_t node) {
    return !state.has_run[node] && std::ranges::all_of(problem.before[node], [&](std::size_t n) {
        return state.has_run[n];
    });
}

void run(const Problem& problem, State& state, std::size_t node) {
    state.has_run[node] = true;
    state.order.push_back(node);
    const auto is_done = [&](std::size_t buffer) {
        return !problem.is_output[buffer] &&
               std::ranges::all_of(problem.readers[buffer],
                                   [&](std::size_t n) { return state.has_run[n]; });
    };
    for (const std::size_t buffer : problem.writes[node]) {
        state.live += problem.bytes[buffer];
    }
    state.peak = std::max(state.peak, state.live);
    for (const std::size_t buffer : problem.reads[node]) {
        state.live -= is_done(buffer) ? problem.bytes[buffer] : 0;
    }
    for (const std::size_t buffer : problem.writes[node]) {
        state.live -= is_done(buffer) ? problem.bytes[buffer] : 0;
    }
}

State start(const Problem& problem) {
    return {NodeSet(problem.before.size()), problem.live_at_start, problem.live_at_start, {}};
}

/// Of two states, the one to go on with: lower peak, then further on.
struct IsWorse {
    bool operator()(const State& a, const State& b) const {
        return a.peak != b.peak ? a.peak > b.peak : a.order.size() < b.order.size();
    }
};

/// The best order, or nothing when there are too many sets to look at.
std::vector<std::size_t> search(const Problem& problem) {
    std::priority_queue<State, std::vector<State>, IsWorse> open;
    std::map<NodeSet, std::int64_t> best;
    open.push(start(problem));
    while (!open.empty() && best.size() <= kMostSets) {
        const State state = open.top();
        open.pop();
        if (state.order.size() == problem.before.size()) {
            return state.order;
        }
        for (std::size_t node = 0; node < problem.before.size(); ++node) {
            if (!is_ready(problem, state, node)) {
                continue;
            }
            State next = state;
            run(problem, next, node);
            const auto [seen, is_new] = best.try_emplace(next.has_run, next.peak);
            if (is_new || next.peak < seen->second) {
                seen->second = next.peak;
                open.push(std::move(next));
            }
        }
    }
    return {};
}

/// Always the ready node that leaves the least alive.
std::vector<std::size_t> greedy(const Problem& problem) {
    State state = start(problem);
    while (state.order.size() < problem.before.size()) {
        std::optional<State> chosen;
        for (std::size_t node = 0; node < problem.before.size(); ++node) {
            if (is_ready(problem, state, node)) {
                State next = state;
                run(problem, next, node);
                const bool is_better = !chosen || std::pair(next.live, next.peak) <
                                                      std::pair(chosen->live, chosen->peak);
                chosen = is_better ? std::move(next) : std::move(chosen);
            }
        }
        state = std::move(*chosen);
    }
    return state.order;
}

std::int64_t peak_of(const Problem& problem, const std::vector<std::size_t>& order) {
    State state = start(problem);
    std::ranges::for_each(order, [&](std::size_t node) { run(problem, state, node); });
    return state.peak;
}

std::vector<std::size_t> present_order(const Graph& graph) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        order.push_back(i);
    }
    return order;
}

}  // namespace

std::int64_t peak_bytes(const Graph& graph) {
    return peak_of(problem_of(graph), present_order(graph));
}

bool order_for_peak(Graph& graph) {
    const auto is_foreign = [](const Node& node) { return node.op == OpId::foreign; };
    if (std::ranges::any_of(graph.nodes, is_foreign)) {
        return false;
    }
    const Problem problem = problem_of(graph);
    std::vector<std::size_t> order = search(problem);
    if (order.empty()) {
        order = greedy(problem);
    }
    if (peak_of(problem, order) >= peak_of(problem, present_order(graph))) {
        return false;
    }
    std::vector<Node> nodes;
    std::ranges::for_each(order,
                          [&](std::size_t i) { nodes.push_back(std::move(graph.nodes[i])); });
    graph.nodes = std::move(nodes);
    return true;
}

}  // namespace verge::compiler
