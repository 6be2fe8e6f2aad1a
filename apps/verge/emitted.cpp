#include "apps/verge/emitted.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>

#include "operators/all_kernels.hpp"
#include "operators/kernel.hpp"
#include "operators/kernel_catalog.hpp"
#include "operators/steps.hpp"
#include "platform/file.hpp"

namespace verge::apps {
namespace {

std::string text_of(std::uint64_t number) {
    return std::to_string(number) + "U";
}

std::uint64_t rounded_up(std::uint64_t bytes) {
    return (bytes + plan::kPlanAlignment - 1) / plan::kPlanAlignment * plan::kPlanAlignment;
}

/// Where the regions lie in the one block of memory: arenas in order, then the state.
struct Layout {
    std::array<std::uint64_t, plan::kMaxArenas> arenas{};
    std::uint64_t state = 0;
    std::uint64_t total = 0;
};

Layout layout_of(const plan::Memory& memory) {
    Layout layout;
    for (std::size_t i = 0; i < plan::kMaxArenas; ++i) {
        layout.arenas[i] = layout.state;
        layout.state = rounded_up(layout.state + memory.arena_bytes[i]);
    }
    layout.total = layout.state + memory.state_bytes;
    return layout;
}

/// "constexpr TYPE NAME[] = {1U, 2U};", in lines; an empty list gets one unused element.
template <typename Items, typename Write>
std::string array_text(const std::string& head,
                       const Items& items,
                       std::size_t per_line,
                       Write write) {
    std::string text = "constexpr " + head + "[] = {";
    std::size_t count = 0;
    for (const auto& item : items) {
        text += (count++ % per_line == 0 ? "\n    " : " ") + write(item) + ",";
    }
    return text + (count == 0 ? "{}" : "\n") + "};\n\n";
}

std::string tensor_text(const plan::Tensor& t) {
    std::string text = "{plan::Type{" + text_of(static_cast<std::uint8_t>(t.type)) + "}, " +
                       text_of(t.rank) + ", " + text_of(t.region) + ", 0, " + text_of(t.offset) +
                       ", " + text_of(t.pixel_stride) + ", " + text_of(t.row_stride) + ", {";
    for (const std::uint32_t dim : t.dims) {
        text += text_of(dim) + ", ";
    }
    return text + "}}";
}

std::string step_text(const plan::Step& s) {
    return "{" + text_of(s.op) + ", " + text_of(s.layout) + ", " + text_of(s.flags) + ", " +
           text_of(s.input_count) + ", " + text_of(s.output_count) + ", " +
           text_of(s.scratch_count) + ", 0, " + text_of(s.first_operand) + ", " +
           text_of(s.attributes) + ", " + text_of(s.attribute_bytes) + "}";
}

std::string byte_text(std::byte value) {
    return "std::byte{" + std::to_string(std::to_integer<int>(value)) + "}";
}

/// The operands of all steps: View gives them by step only.
std::vector<std::uint16_t> operands_of(const plan::View& plan) {
    const auto bytes = plan.section(plan::section::operands);
    std::vector<std::uint16_t> operands(bytes.size() / sizeof(std::uint16_t));
    std::copy_n(bytes.begin(), operands.size() * sizeof(std::uint16_t),
                std::as_writable_bytes(std::span(operands)).begin());
    return operands;
}

std::string data_text(const plan::View& plan) {
    const auto attributes = plan.section(plan::section::attributes);
    return array_text("plan::Tensor kTensors", plan.tensors(), 1, tensor_text) +
           array_text("plan::Step kSteps", plan.steps(), 1, step_text) +
           array_text("std::uint16_t kOperands", operands_of(plan), 16,
                      [](std::uint16_t operand) { return text_of(operand); }) +
           "alignas(4) " + array_text("std::byte kAttributes", attributes, 8, byte_text) +
           array_text("std::byte kInitialState", plan.initial_state(), 8, byte_text);
}

std::string memory_text(const Layout& layout) {
    std::string text = "[[gnu::section(\".bss.arena\")]] alignas(64) std::byte memory[" +
                       std::to_string(std::max<std::uint64_t>(layout.total, 1)) +
                       "];\n\nconstinit const Bases kBases = "
                       "{const_cast<std::byte*>(__model_start), memory + " +
                       text_of(layout.state);
    for (const std::uint64_t arena : layout.arenas) {
        text += ", memory + " + text_of(arena);
    }
    return text + "};\n\n";
}

/// How many tiles a step has: the operator says so, whichever kernel runs it.
std::uint32_t tiles_of(const Call& call) {
    const KernelSet kernels = all_kernels();
    const auto found = std::ranges::find_if(kernels, [&](const KernelEntry& entry) {
        return static_cast<std::uint16_t>(entry.op) == call.step().op;
    });
    return found == kernels.end() ? 0 : found->tiles(call);
}

Outcome<std::string> calls_text(const plan::View& plan, std::uint16_t features) {
    std::string text = "void run() {\n";
    for (std::size_t i = 0; i < plan.steps().size(); ++i) {
        const Call call(plan, plan.steps()[i]);
        const KernelInfo* info = find_kernel_info(call, features);
        const std::uint32_t tiles = tiles_of(call);
        if (info == nullptr || tiles == 0 || replaced_steps(call) != 0) {
            return unsupported("step " + std::to_string(i) + " cannot be a direct call",
                               "steps whose kernel is known before the board starts",
                               "use --form interpreter");
        }
        text += "    kernel::" + std::string(info->name) + "(step(" + std::to_string(i) +
                "), {0, " + text_of(tiles) + "});\n";
    }
    return text + "}\n\n";
}

std::string ports_text(const plan::View& plan, const Layout& layout) {
    std::string text = "constexpr Port kPorts[] = {\n";
    for (const plan::Port& port : plan.ports()) {
        const plan::Tensor& tensor = plan.tensors()[port.tensor];
        const std::string base =
            tensor.region == plan::region::constants
                ? "const_cast<std::byte*>(__model_start) + " + text_of(tensor.offset)
                : "memory + " + text_of(tensor.offset +
                                        (tensor.region == plan::region::state
                                             ? layout.state
                                             : layout.arenas[tensor.region - plan::region::arena]));
        text += "    {" + base + ", " + text_of(plan::tensor_bytes(tensor)) + ", " +
                (port.is_output != 0 ? "true" : "false") + "},\n";
    }
    return text + "};\n\n";
}

bool has_slots(const plan::View& plan) {
    return std::ranges::any_of(plan.tensors(), [](const plan::Tensor& tensor) {
        return tensor.region >= plan::region::slot;
    });
}

constexpr std::string_view kHead =
    "// Generated by verge: one plan as direct calls of its kernels.\n"
    "#include \"operators/kernel_list.hpp\"\n"
    "#include \"ports/common/emitted_model.hpp\"\n\n"
    "extern \"C\" const std::byte __model_start[];\n\n"
    "namespace verge::emitted {\nnamespace {\n\n";

constexpr std::string_view kStep =
    "Call step(std::size_t index) {\n"
    "    const plan::Step& step = kSteps[index];\n"
    "    Call call({kTensors, kOperands + step.first_operand, &step, kAttributes + "
    "step.attributes, __model_start,\n"
    "               &kBases});\n"
    "    call.set_scratch(step.scratch_count == 0 ? nullptr : call.planned_scratch());\n"
    "    return call;\n}\n\n"
    "}  // namespace\n\n";

/// reset() for `state` bytes of which the first `initial` are not zero.
std::string reset_text(const plan::View& plan, const Layout& layout) {
    const std::string state = "memory + " + text_of(layout.state);
    return "std::span<const Port> ports() {\n    return kPorts;\n}\n\nvoid reset() {\n    "
           "std::memset(" +
           state + ", 0, " + text_of(plan.memory().state_bytes) + ");\n    std::memcpy(" + state +
           ", kInitialState, " +
           text_of(std::min<std::size_t>(plan.initial_state().size(), plan.memory().state_bytes)) +
           ");\n}\n\n";
}

}  // namespace

Outcome<EmittedModel> emit_model(const plan::View& plan, std::uint16_t features) {
    if (has_slots(plan)) {
        return unsupported("the plan leaves buffers to its caller", "a plan with all of its memory",
                           "use --form interpreter");
    }
    const Layout layout = layout_of(plan.memory());
    VERGE_ASSIGN(const std::string calls, calls_text(plan, features));
    EmittedModel model;
    model.source = std::string(kHead) + data_text(plan) + memory_text(layout) +
                   ports_text(plan, layout) + std::string(kStep) + reset_text(plan, layout) +
                   calls + "}  // namespace verge::emitted\n";
    model.constants.assign(plan.constants().begin(), plan.constants().end());
    model.memory_bytes = layout.total;
    return model;
}

Done write_emitted(const EmittedModel& model, const std::string& folder) {
    VERGE_CHECK(platform::create_folder(folder));
    VERGE_CHECK(platform::write_text_atomically(folder + "/model.cpp", model.source));
    VERGE_CHECK(platform::write_text_atomically(
        folder + "/weights.s", ".section .model,\"a\"\n.balign 64\n.incbin \"constants.bin\"\n"));
    return platform::write_file_atomically(folder + "/constants.bin", model.constants);
}

}  // namespace verge::apps
