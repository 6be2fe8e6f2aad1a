#include "apps/verge/inspection.hpp"

#include <algorithm>

#include "compiler/import.hpp"
#include "formats/tflite/read.hpp"
#include "graph/verify.hpp"
#include "operators/kernel_catalog.hpp"
#include "operators/rule.hpp"
#include "runtime/fast/aligned.hpp"
#include "runtime/tiny/runner.hpp"

namespace verge::apps {
namespace {

PortInfo port_of(const graph::Value& value, std::size_t index) {
    PortInfo port{index, value.name, value.type, value.dims, 0, 0.0F, 0};
    if (value.quantisation.scales.size() == 1) {
        port.scale = value.quantisation.scales[0];
        port.zero_point = value.quantisation.zero_points[0];
    }
    return port;
}

std::vector<PortInfo> ports_of(const graph::Graph& graph, const std::vector<graph::ValueId>& ids) {
    std::vector<PortInfo> ports;
    for (const graph::ValueId id : ids) {
        ports.push_back(port_of(graph[id], ports.size()));
    }
    return ports;
}

/// The bytes as text where they are printable, else their number.
std::string readable(std::span<const std::byte> bytes) {
    std::string text;
    for (const std::byte byte : bytes) {
        text.push_back(static_cast<char>(byte));
    }
    text.erase(text.find_last_not_of('\0') + 1);
    const bool is_text =
        text.size() <= 256 && std::ranges::all_of(text, [](char c) { return c >= 32 && c < 127; });
    return is_text ? text : std::to_string(bytes.size()) + " bytes";
}

std::vector<std::pair<std::string, std::string>> metadata_of(const tflite::Model& model) {
    std::vector<std::pair<std::string, std::string>> metadata;
    if (!model.description.empty()) {
        metadata.emplace_back("description", model.description);
    }
    for (const tflite::Metadata& entry : model.metadata) {
        metadata.emplace_back(entry.name, readable(entry.data));
    }
    return metadata;
}

OperatorInfo operator_of(const tflite::Subgraph& subgraph, std::size_t index) {
    const tflite::Operator& op = subgraph.operators[index];
    OperatorInfo info{index, op.name(), "", ""};
    if (!op.outputs.empty()) {
        const tflite::Tensor& output = subgraph.tensors[static_cast<std::size_t>(op.outputs[0])];
        info.name = output.name;
        info.output = tflite::type_name(output.type) + "[";
        for (std::size_t i = 0; i < output.shape.size(); ++i) {
            info.output += (i == 0 ? "" : ",") + std::to_string(output.shape[i]);
        }
        info.output += "]";
    }
    return info;
}

/// True when there are 1 to 2^31 - 1 elements, as in all that a plan holds: then products of the
/// sizes of two operands, of which the counts of the rules are made, are numbers of 64 bits.
bool has_countable_size(const graph::Dims& dims) {
    constexpr std::int64_t kMost = (std::int64_t{1} << 31U) - 1;
    std::int64_t elements = 1;
    for (const std::int64_t dim : dims) {
        if (dim < 1 || dim > kMost / elements) {
            return false;
        }
        elements *= dim;
    }
    return true;
}

/// Whether a rule may look at this node of a graph that nobody has verified.
bool is_countable(const graph::Graph& graph, const graph::Node& node) {
    const auto has_size = [&](graph::ValueId id) {
        return id == graph::kNoValue || has_countable_size(graph[id].dims);
    };
    return std::ranges::all_of(node.inputs, has_size) &&
           std::ranges::all_of(node.outputs, has_size) &&
           row(node.op).rule->infer(graph, node).ok();
}

void count_macs(const compiler::Survey& survey, std::vector<OperatorInfo>& operators) {
    for (OperatorInfo& info : operators) {
        if (info.reason.empty()) {
            info.macs = 0;
        }
    }
    for (std::size_t n = 0; n < survey.graph.nodes.size(); ++n) {
        const graph::Node& node = survey.graph.nodes[n];
        std::optional<std::uint64_t>& macs = operators[survey.operator_of_node[n]].macs;
        const Rule& rule = *row(node.op).rule;
        if (!is_countable(survey.graph, node)) {
            macs.reset();
        } else if (rule.macs != nullptr && macs.has_value()) {
            *macs += static_cast<std::uint64_t>(rule.macs(survey.graph, node));
        }
    }
}

/// Ports of types that no tensor of ours has keep the name that the file gives them.
void name_foreign_types(const tflite::Model& model, Inspection& inspection) {
    const tflite::Subgraph& subgraph = model.subgraphs[0];
    const auto name_all = [&](std::vector<PortInfo>& ports, std::span<const std::int32_t> tensors) {
        for (std::size_t i = 0; i < ports.size(); ++i) {
            if (ports[i].type == plan::Type::none) {
                const auto tensor = static_cast<std::size_t>(tensors[i]);
                ports[i].foreign_type = tflite::type_name(subgraph.tensors[tensor].type);
            }
        }
    };
    name_all(inspection.inputs, subgraph.inputs);
    name_all(inspection.outputs, subgraph.outputs);
}

std::uint64_t constant_bytes(const tflite::Model& model) {
    std::uint64_t bytes = 0;
    for (const tflite::Subgraph& subgraph : model.subgraphs) {
        for (const tflite::Tensor& tensor : subgraph.tensors) {
            bytes += tensor.data.size();
        }
    }
    return bytes;
}

std::vector<std::string> step_labels(const plan::View& plan) {
    std::vector<std::string> labels;
    for (std::size_t s = 0; s < plan.steps().size(); ++s) {
        labels.push_back(step_label(plan, s));
    }
    return labels;
}

void add_memory(Inspection& inspection, const plan::View& plan) {
    inspection.memory = memory_map(plan);
    inspection.arena_bytes = tiny::workspace_bytes(plan);
    inspection.weights_bytes = plan.constants().size();
    inspection.steps = step_labels(plan);
}

/// What the plan compiled for `target` needs.
Done compile_for(Inspection& inspection, graph::Graph graph, const compiler::Target& target) {
    VERGE_CHECK(graph::verify(graph));
    VERGE_ASSIGN(const compiler::Compiled compiled,
                 compiler::compile(std::move(graph), {.target = target}));
    const fast::AlignedBytes aligned(compiled.plan);
    const Result<plan::View> plan = plan::View::open(aligned.bytes());
    if (!plan.ok()) {
        return fast::explain(plan.fault(), "the compiled plan");
    }
    add_memory(inspection, plan.value());
    return done();
}

std::vector<Part> sections_of(const plan::View& plan) {
    constexpr std::pair<const char*, std::uint32_t> kSections[] = {
        {"memory", plan::section::memory},
        {"tensors", plan::section::tensors},
        {"steps", plan::section::steps},
        {"operands", plan::section::operands},
        {"attributes", plan::section::attributes},
        {"constants", plan::section::constants},
        {"initial_state", plan::section::initial_state},
        {"ports", plan::section::ports},
        {"strings", plan::section::strings},
        {"step_names", plan::section::step_names},
        {"metadata", plan::section::metadata}};
    std::vector<Part> sections;
    for (const auto& [name, tag] : kSections) {
        if (const std::size_t bytes = plan.section(tag).size(); bytes != 0) {
            sections.push_back({name, bytes});
        }
    }
    return sections;
}

std::vector<Part> regions_of(const plan::View& plan) {
    std::vector<Part> regions = {{"constants", plan.constants().size()},
                                 {"state", plan.memory().state_bytes}};
    for (std::size_t i = 0; i < plan::kMaxArenas; ++i) {
        if (i == 0 || plan.memory().arena_bytes[i] != 0) {
            regions.push_back({"arena" + std::to_string(i), plan.memory().arena_bytes[i]});
        }
    }
    return regions;
}

std::string describe(const plan::Tensor& tensor) {
    std::string text(graph::type_name(tensor.type));
    for (std::uint32_t i = 0; i < tensor.rank; ++i) {
        text += (i == 0 ? "[" : ",") + std::to_string(tensor.dims[i]);
    }
    return text + (tensor.rank == 0 ? "[]" : "]");
}

OperatorInfo step_of(const plan::View& plan, std::size_t s, std::uint16_t features) {
    const plan::Step& step = plan.steps()[s];
    OperatorInfo info{s, graph::operator_name(static_cast<OpId>(step.op)), plan.step_name(s), ""};
    const Call call(plan, step);
    info.output = step.output_count == 0 ? "" : describe(call.output(0));
    const KernelInfo* kernel = find_kernel_info(call, features);
    if (kernel == nullptr) {
        info.reason = "no kernel of this version takes its types and layout on the plan's target";
    } else {
        info.kernel = kernel->name;
    }
    return info;
}

}  // namespace

Outcome<Inspection> inspect_tflite(const ModelFile& model, const compiler::Target& target) {
    auto parsed = tflite::read(model.file->bytes());
    if (!parsed.ok()) {
        return std::move(parsed).error().within(model.path);
    }
    compiler::Survey survey = compiler::survey_tflite(parsed.value(), model.file);
    Inspection result{"tflite", std::string(target.name)};
    result.inputs = ports_of(survey.graph, survey.graph.inputs);
    result.outputs = ports_of(survey.graph, survey.graph.outputs);
    result.metadata = metadata_of(parsed.value());
    result.weights_bytes = constant_bytes(parsed.value());
    const tflite::Subgraph& subgraph = parsed.value().subgraphs[0];
    for (std::size_t i = 0; i < subgraph.operators.size(); ++i) {
        result.operators.push_back(operator_of(subgraph, i));
    }
    for (const compiler::Unsupported& missing : survey.missing) {
        result.operators[missing.index].reason = missing.reason;
    }
    for (const compiler::Unsupported& bad : survey.bad) {
        result.operators[bad.index].reason = bad.reason;
    }
    name_foreign_types(parsed.value(), result);
    count_macs(survey, result.operators);
    if (const std::size_t count = survey.missing.size() + survey.bad.size(); count != 0) {
        result.not_compiled_because = std::to_string(count) + " of " +
                                      std::to_string(result.operators.size()) +
                                      " operators cannot be run";
    } else if (Done compiled = compile_for(result, std::move(survey.graph), target);
               !compiled.ok()) {
        result.not_compiled_because = compiled.error().message();
    }
    return result;
}

Outcome<Inspection> inspect_plan(const ModelFile& model) {
    const fast::AlignedBytes aligned(model.file->bytes());
    const Result<plan::View> opened = plan::View::open(aligned.bytes());
    if (!opened.ok()) {
        return fast::explain(opened.fault(), model.path);
    }
    const plan::View& plan = opened.value();
    Inspection result{"plan", std::string(compiler::target_name(plan.header().target))};
    result.inputs = apps::ports_of(plan, false);
    result.outputs = apps::ports_of(plan, true);
    result.metadata = plan::to_draft(plan).metadata;
    const auto targets = compiler::all_targets();
    const auto target = std::ranges::find(targets, plan.header().target, &compiler::Target::id);
    const std::uint16_t features = target == targets.end() ? std::uint16_t{0} : target->features;
    for (std::size_t s = 0; s < plan.steps().size(); ++s) {
        result.operators.push_back(step_of(plan, s, features));
    }
    add_memory(result, plan);
    result.sections = sections_of(plan);
    result.regions = regions_of(plan);
    return result;
}

}  // namespace verge::apps
