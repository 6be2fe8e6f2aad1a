#include "compiler/passes/evaluate.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "graph/verify.hpp"
#include "operators/all_kernels.hpp"
#include "operators/steps.hpp"
#include "plan/draft.hpp"

namespace verge::compiler {
namespace {

constexpr std::uint32_t kAlignment = 64;
constexpr std::uint16_t kAnyMachine = 0;  // what every CPU has: only the reference kernels run

std::uint32_t aligned(std::size_t bytes) {
    return static_cast<std::uint32_t>((bytes + kAlignment - 1) / kAlignment * kAlignment);
}

/// A plan with one step: inputs are constants, outputs lie in the arena; a state that the node
/// reads and writes is one operand there.
class OneStep {
public:
    OneStep(const graph::Graph& graph, const graph::Node& node) : graph_(graph), node_(node) {}

    Outcome<std::vector<Bytes>> run(std::span<const std::span<const std::byte>> inputs) {
        if (!is_described(inputs)) {
            return unsupported("operands of '" + node_.name + "' that no plan describes");
        }
        build(inputs);
        const Machine machine{all_kernels(), kAnyMachine};
        const Result<std::uint16_t> found = find_step_kernel(draft_.view(), machine, 0);
        if (!found.ok() || found.value() == kReplaced) {
            return unsupported("the reference kernel of " + graph::operator_name(node_.op) +
                               " does not take '" + node_.name + "'");
        }
        return run_kernel(machine.kernels[found.value()], inputs);
    }

private:
    /// True when a plan could hold every operand; an import asks before anybody has verified the
    /// graph.
    [[nodiscard]] bool is_described(std::span<const std::span<const std::byte>> inputs) const {
        const auto is_tensor = [&](graph::ValueId id) {
            const graph::Value& value = graph_[id];
            return value.type != plan::Type::none && value.dims.size() <= plan::kMaxRank &&
                   std::ranges::all_of(value.dims, [](std::int64_t dim) { return dim > 0; });
        };
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            const graph::ValueId id = node_.inputs[i];
            if (id != graph::kNoValue &&
                (!is_tensor(id) || std::ssize(inputs[i]) != byte_count_of(id))) {
                return false;
            }
        }
        return std::ranges::all_of(node_.outputs, [&](graph::ValueId id) {
            return id != graph::kNoValue && is_tensor(id);
        });
    }

    [[nodiscard]] std::int64_t byte_count_of(graph::ValueId id) const {
        return graph::byte_count(graph_[id].type, graph_[id].dims);
    }

    plan::Tensor descriptor(graph::ValueId id) const {
        const graph::Value& value = graph_[id];
        const std::vector<std::uint32_t> dims(value.dims.begin(), value.dims.end());
        return plan::dense_tensor(value.type, dims);
    }

    void build(std::span<const std::span<const std::byte>> inputs) {
        plan::Draft::NewStep step{.op = static_cast<std::uint16_t>(node_.op),
                                  .inputs = {},
                                  .outputs = {},
                                  .attributes = node_.attributes,
                                  .name = ""};
        for (const graph::ValueId id : node_.outputs) {
            plan::Tensor tensor = descriptor(id);
            tensor.offset = arena_bytes_;
            arena_bytes_ += aligned(
                static_cast<std::size_t>(graph::byte_count(graph_[id].type, graph_[id].dims)));
            step.outputs.push_back(draft_.add_tensor(tensor));
        }
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            const auto shared = std::ranges::find(node_.outputs, node_.inputs[i]);
            if (node_.inputs[i] == graph::kNoValue) {
                step.inputs.push_back(plan::kAbsent);
            } else if (shared != node_.outputs.end()) {
                step.inputs.push_back(
                    step.outputs[static_cast<std::size_t>(shared - node_.outputs.begin())]);
            } else {
                step.inputs.push_back(
                    draft_.add_constant(descriptor(node_.inputs[i]), inputs[i], kAlignment));
            }
        }
        draft_.memory.arena_bytes[0] = arena_bytes_;
        draft_.add_step(step);
    }

    std::vector<Bytes> run_kernel(const KernelEntry& kernel,
                                  std::span<const std::span<const std::byte>> inputs) {
        const plan::View view = draft_.view();
        const std::uint32_t scratch_at = arena_bytes_;
        const std::uint32_t scratch_bytes = kernel.scratch(Call(view, view.steps()[0]));
        Bytes arena(std::size_t{scratch_at} + scratch_bytes + kAlignment);
        const auto misaligned = reinterpret_cast<std::uintptr_t>(arena.data()) % kAlignment;
        std::byte* base = arena.data() + (kAlignment - misaligned) % kAlignment;
        Bases bases{};
        bases[plan::region::constants] = draft_.constants.data();
        bases[plan::region::arena] = base;
        Call call(view, view.steps()[0], &bases);
        call.set_scratch(scratch_bytes == 0 ? nullptr : base + scratch_at);
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            if (call.has(i) && call.input(i).region == plan::region::arena) {
                std::ranges::copy(inputs[i], base + call.input(i).offset);
            }
        }
        kernel.run(call, {0, kernel.tiles(call)});
        std::vector<Bytes> outputs;
        for (std::size_t i = 0; i < node_.outputs.size(); ++i) {
            const graph::Value& value = graph_[node_.outputs[i]];
            const std::byte* from = base + call.output(i).offset;
            outputs.emplace_back(from, from + graph::byte_count(value.type, value.dims));
        }
        return outputs;
    }

    const graph::Graph& graph_;
    const graph::Node& node_;
    plan::Draft draft_;
    std::uint32_t arena_bytes_ = 0;
};

}  // namespace

Outcome<std::vector<Bytes>> evaluate(const graph::Graph& graph,
                                     const graph::Node& node,
                                     std::span<const std::span<const std::byte>> inputs) {
    return OneStep(graph, node).run(inputs);
}

}  // namespace verge::compiler
