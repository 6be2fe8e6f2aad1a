// The graph as a draft in canonical layout; lowering, scratch and memory are steps of their own.

#include "compiler/emit.hpp"

#include <algorithm>

#include "compiler/memory/arena.hpp"
#include "operators/repack.hpp"
#include "operators/rule.hpp"
#include "operators/strided_slice/op.hpp"

namespace verge::compiler {
namespace {

using graph::Graph;
using graph::Node;
using graph::Value;
using graph::ValueId;

constexpr std::uint64_t kMostBytes = 0x7fffffffU;
constexpr std::uint64_t kMostConstants = 0xf0000000U;  // the other sections of the file need room
constexpr std::uint64_t kMostState = 0xffffffffU;

Outcome<plan::Tensor> tensor_of(const Value& value) {
    if (value.dims.size() > plan::kMaxRank) {
        return unsupported("'" + value.name + "' is " + graph::describe(value),
                           "at most " + std::to_string(plan::kMaxRank) + " dimensions");
    }
    std::vector<std::uint32_t> dims;
    std::uint64_t bytes = plan::element_bytes(value.type);
    for (const std::int64_t dim : value.dims) {
        const bool fits = dim >= 1 && static_cast<std::uint64_t>(dim) <= kMostBytes / bytes;
        if (!fits) {
            return unsupported("'" + value.name + "' is " + graph::describe(value),
                               "tensors of 1 byte to 2 GiB");
        }
        bytes *= static_cast<std::uint64_t>(dim);
        dims.push_back(static_cast<std::uint32_t>(dim));
    }
    return plan::dense_tensor(value.type, dims);
}

class Emitter {
public:
    Emitter(const Graph& graph, const EmitOptions& options)
        : graph_(graph), options_(options), tensors_(graph.value_count(), plan::kAbsent) {}

    Outcome<Emitted> run() {
        VERGE_CHECK(add_all());
        remove_free_reshapes(draft_);
        repack(draft_, options_.target.features, options_.target.alignment);
        VERGE_CHECK(add_scratch(draft_));
        VERGE_ASSIGN(ArenaReport report, place_arena(draft_, options_.target, storages_));
        return Emitted{std::move(draft_), std::move(report)};
    }

private:
    Done add_all() {
        find_last_writes();
        draft_.target = options_.target.id;
        draft_.memory.alignment = options_.target.is_microcontroller() ? 16 : 64;
        draft_.metadata = graph_.metadata;
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            const Node& node = graph_.nodes[i];
            VERGE_CHECK(is_free_slice(node, i) ? add_free_slice(node) : add_node(node));
        }
        VERGE_CHECK(add_ports(graph_.inputs, false));
        return add_ports(graph_.outputs, true);
    }

    /// The tensor of a value, made when it is first asked for.
    Outcome<std::uint16_t> tensor(ValueId id) {
        if (id == graph::kNoValue) {
            return plan::kAbsent;
        }
        std::uint16_t& known = tensors_[graph::index(id)];
        if (known == plan::kAbsent) {
            VERGE_ASSIGN(known, add_value(graph_[id]));
        }
        return known;
    }

    Outcome<std::uint16_t> add_value(const Value& value) {
        VERGE_ASSIGN(plan::Tensor made, tensor_of(value));
        if (draft_.tensors.size() + 2 >= plan::kAbsent) {
            return unsupported("the model has more than 65533 tensors", "fewer");
        }
        if (value.kind == graph::ValueKind::state) {
            return add_state(value, made);
        }
        if (!value.is_constant()) {
            return add_activation(value, made);
        }
        const auto bytes = value.constant.bytes();
        if (draft_.constants.size() + bytes.size() > kMostConstants) {
            return unsupported(
                "the constants need more than " + std::to_string(kMostConstants) + " bytes",
                "at most " + std::to_string(kMostConstants), "take a smaller model");
        }
        return draft_.add_constant(made, bytes, options_.target.alignment);
    }

    /// Its offset is the id of its storage until memory is placed (compiler/memory/arena.hpp).
    std::uint16_t add_activation(const Value& value, plan::Tensor made) {
        made.region = plan::region::arena;
        made.offset = static_cast<std::uint32_t>(storages_.size());
        storages_.push_back(value.name);
        return draft_.add_tensor(made);
    }

    Outcome<std::uint16_t> add_state(const Value& value, plan::Tensor made) {
        plan::Memory& memory = draft_.memory;
        const std::uint64_t offset = (std::uint64_t{memory.state_bytes} + 7) / 8 * 8;
        const std::uint64_t end = offset + plan::tensor_bytes(made);
        if (end > kMostState) {
            return unsupported("the states need more than " + std::to_string(kMostState) + " bytes",
                               "at most " + std::to_string(kMostState), "take a smaller model");
        }
        made.region = plan::region::state;
        made.offset = static_cast<std::uint32_t>(offset);
        memory.state_bytes = static_cast<std::uint32_t>(end);
        const auto bytes = value.constant.bytes();
        if (!bytes.empty()) {
            draft_.initial_state.resize(made.offset);
            draft_.initial_state.insert(draft_.initial_state.end(), bytes.begin(), bytes.end());
        }
        return draft_.add_tensor(made);
    }

    void find_last_writes() {
        last_write_.assign(graph_.value_count(), 0);
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            for (const ValueId id : graph_.nodes[i].outputs) {
                last_write_[graph::index(id)] = i;
            }
        }
    }

    /// True for a part of a state that lies in one piece, when nothing writes the state any more:
    /// then the part needs no copy.
    [[nodiscard]] bool is_free_slice(const Node& node, std::size_t position) const {
        if (node.op != OpId::strided_slice ||
            graph_[node.inputs[0]].kind != graph::ValueKind::state ||
            last_write_[graph::index(node.inputs[0])] >= position ||
            graph::is_graph_output(graph_, node.outputs[0])) {
            return false;
        }
        const auto a = graph::attributes<StridedSlice>(node);
        const graph::Dims& dims = graph_[node.inputs[0]].dims;
        bool is_inner = false;  // behind the first axis of more than one index
        bool is_one_piece = dims.size() <= std::size(a.count);
        for (std::size_t i = 0; is_one_piece && i < dims.size(); ++i) {
            is_one_piece = (a.stride[i] == 1 || a.count[i] == 1) &&
                           (!is_inner || (a.begin[i] == 0 && a.count[i] == dims[i]));
            is_inner = is_inner || a.count[i] != 1;
        }
        return is_one_piece && is_inner;
    }

    Done add_free_slice(const Node& node) {
        const Value& state = graph_[node.inputs[0]];
        const auto a = graph::attributes<StridedSlice>(node);
        std::uint32_t elements = 0;
        for (std::size_t i = 0; i < state.dims.size(); ++i) {
            elements = elements * static_cast<std::uint32_t>(state.dims[i]) +
                       static_cast<std::uint32_t>(a.begin[i]);
        }
        VERGE_ASSIGN(const std::uint16_t whole, tensor(node.inputs[0]));
        VERGE_ASSIGN(plan::Tensor part, tensor_of(graph_[node.outputs[0]]));
        part.region = plan::region::state;
        part.offset = draft_.tensors[whole].offset + elements * plan::element_bytes(state.type);
        tensors_[graph::index(node.outputs[0])] = draft_.add_tensor(part);
        return done();
    }

    Outcome<std::vector<std::uint16_t>> indices(const std::vector<ValueId>& values) {
        std::vector<std::uint16_t> result;
        for (const ValueId value : values) {
            VERGE_ASSIGN(const std::uint16_t index, tensor(value));
            result.push_back(index);
        }
        return result;
    }

    Done add_node(const Node& node) {
        if (node.inputs.size() > 255 || node.outputs.size() > 255) {
            return unsupported("'" + node.name + "' has more than 255 operands", "fewer");
        }
        VERGE_ASSIGN(std::vector<std::uint16_t> inputs, indices(node.inputs));
        VERGE_ASSIGN(std::vector<std::uint16_t> outputs, indices(node.outputs));
        draft_.add_step({.op = static_cast<std::uint16_t>(node.op),
                         .inputs = std::move(inputs),
                         .outputs = std::move(outputs),
                         .attributes = node.attributes,
                         .name = options_.keeps_names ? node.name : ""});
        return done();
    }

    Done add_ports(const std::vector<ValueId>& values, bool is_output) {
        for (const ValueId id : values) {
            const Value& value = graph_[id];
            VERGE_ASSIGN(const std::uint16_t index, tensor(id));
            const bool has_scale = value.quantisation.scales.size() == 1;
            draft_.add_port(index, is_output, options_.keeps_names ? value.name : "",
                            has_scale ? value.quantisation.scales[0] : 0.0F,
                            has_scale ? value.quantisation.zero_points[0] : 0);
        }
        if (draft_.ports.size() > plan::kMaxPorts) {
            return unsupported(
                "the model has " + std::to_string(draft_.ports.size()) + " inputs and outputs",
                "at most " + std::to_string(plan::kMaxPorts));
        }
        return done();
    }

    const Graph& graph_;
    const EmitOptions& options_;
    std::vector<std::uint16_t> tensors_;   // by value
    std::vector<std::size_t> last_write_;  // by value: the position of a node
    std::vector<std::string> storages_;    // names by storage
    plan::Draft draft_;
};

}  // namespace

Outcome<Emitted> emit(const Graph& graph, const EmitOptions& options) {
    return Emitter(graph, options).run();
}

}  // namespace verge::compiler
