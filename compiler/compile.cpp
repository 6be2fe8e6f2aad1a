#include "compiler/compile.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "compiler/code_size.hpp"
#include "compiler/import.hpp"
#include "compiler/passes/order_for_peak.hpp"
#include "compiler/passes/standard.hpp"
#include "formats/tflite/read.hpp"
#include "operators/kernel_catalog.hpp"
#include "operators/rule.hpp"

namespace verge::compiler {
namespace {

constexpr std::uint64_t kMostBytes = 0xffffffffU;  // sizes in a plan are numbers of 32 bits

std::uint64_t count_macs(const graph::Graph& graph) {
    std::uint64_t macs = 0;
    for (const graph::Node& node : graph.nodes) {
        const Rule& rule = *row(node.op).rule;
        macs += rule.macs == nullptr ? 0 : static_cast<std::uint64_t>(rule.macs(graph, node));
    }
    return macs;
}

/// What tiny::workspace_bytes() will say of the finished plan.
std::uint64_t workspace_of(const plan::Draft& draft) {
    const std::uint64_t alignment = draft.memory.alignment;
    const auto align = [&](std::uint64_t bytes) {
        return (bytes + alignment - 1) / alignment * alignment;
    };
    const std::uint64_t table =
        align(align(draft.memory.arena_bytes[0]) + draft.memory.state_bytes);
    return table + draft.steps.size() * sizeof(std::uint16_t);
}

/// Arena 0 and states, as View::open() takes them.
Done check_memory(const plan::Memory& memory) {
    const std::uint64_t bytes = std::uint64_t{memory.arena_bytes[0]} + memory.state_bytes;
    return bytes <= plan::kMostMainBytes
               ? done()
               : Done(unsupported("arena and states need " + std::to_string(bytes) + " bytes",
                                  "at most " + std::to_string(plan::kMostMainBytes),
                                  "make the inputs or the batch smaller"));
}

/// What is handed out opens: a plan that does not is a bug of ours, found here and not on a device.
Done check_plan(const std::vector<std::byte>& plan) {
    if (plan.size() > kMostBytes) {
        return unsupported("the plan has " + std::to_string(plan.size()) + " bytes",
                           "at most " + std::to_string(kMostBytes), "take a smaller model");
    }
    std::vector<std::byte> room(plan.size() + plan::kPlanAlignment - 1);
    void* place = room.data();
    std::size_t left = room.size();
    std::align(plan::kPlanAlignment, plan.size(), place, left);
    const std::span<std::byte> placed(static_cast<std::byte*>(place), plan.size());
    std::ranges::copy(plan, placed.begin());
    const Fault fault = plan::View::open(placed).fault();
    return fault.ok() ? done()
                      : Done(unsupported("the compiled plan does not open: status " +
                                             std::to_string(static_cast<int>(fault.status)) +
                                             " at " + std::to_string(fault.at),
                                         "a plan that opens", "report a compiler bug"));
}

Done list_kernels(const plan::Draft& draft, const Target& target, Compiled& result) {
    const plan::View view = draft.view();
    for (std::size_t i = 0; i < view.steps().size(); ++i) {
        const Call call(view, view.steps()[i]);
        const KernelInfo* info = find_kernel_info(call, target.features);
        if (info == nullptr) {
            const Row& op = row(static_cast<OpId>(call.step().op));
            std::string types(
                graph::type_name(call.has(0) ? call.input(0).type : plan::Type::none));
            types += call.has(1) ? ", " + std::string(graph::type_name(call.input(1).type)) : "";
            return unsupported("step " + std::to_string(i) + ": no kernel of " +
                                   std::string(op.name) + " takes (" + types + ")",
                               "types that docs/operators.md lists");
        }
        result.kernel_names.emplace_back(info->name);
        if (std::ranges::find(result.kernels, info->line) == result.kernels.end()) {
            result.kernels.emplace_back(info->line);
        }
    }
    return done();
}

/// Streams what the passes have made, and looks for the best order once more.
Outcome<StreamReport> stream_graph(graph::Graph& graph,
                                   const CompileOptions& options,
                                   std::vector<PassReport>& passes) {
    const auto now = [&] { return options.passes.now_ns ? options.passes.now_ns() : 0; };
    const std::int64_t start = now();
    VERGE_ASSIGN(StreamReport report, stream(graph, options.stream));
    passes.push_back({"stream", report.is_streamed, static_cast<double>(now() - start) / 1e6});
    constexpr std::array kBehind = {Pass{"order_for_peak", order_for_peak}};
    PassOptions behind = options.passes;
    std::erase_if(behind.disabled,
                  [](const std::string& name) { return name != "order_for_peak"; });
    auto ordered = run_passes(graph, kBehind, behind);
    if (!ordered.ok()) {
        return std::move(ordered).error().within("after pass stream");
    }
    passes.insert(passes.end(), ordered.value().begin(), ordered.value().end());
    return report;
}

}  // namespace

Outcome<graph::Graph> import_model(std::span<const std::byte> file,
                                   const std::shared_ptr<const void>& owner) {
    VERGE_ASSIGN(const tflite::Model model, tflite::read(file));
    return import_tflite(model, owner);
}

Outcome<Compiled> compile(graph::Graph graph, const CompileOptions& options) {
    Compiled result;
    VERGE_ASSIGN(result.passes, run_passes(graph, standard_passes(), options.passes));
    result.window_macs = count_macs(graph);
    if (options.stream.frames != 0) {
        VERGE_ASSIGN(result.stream, stream_graph(graph, options, result.passes));
    }
    result.macs = count_macs(graph);
    VERGE_ASSIGN(Emitted emitted, emit(graph, {options.target, options.keeps_names}));
    VERGE_CHECK(list_kernels(emitted.draft, options.target, result));
    result.workspace_bytes = workspace_of(emitted.draft);
    result.weights_bytes = emitted.draft.constants.size();
    result.code_bytes_estimate = estimate_code_bytes(result.kernels);
    result.arena = std::move(emitted.arena);
    VERGE_CHECK(check_memory(emitted.draft.memory));
    result.plan = emitted.draft.bytes();
    VERGE_CHECK(check_plan(result.plan));
    return result;
}

}  // namespace verge::compiler
