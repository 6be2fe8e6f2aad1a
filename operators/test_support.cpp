#include "operators/test_support.hpp"

#include <cstring>

#include "base/cpu_here.hpp"
#include "operators/lower.hpp"

namespace verge::test {
namespace {

std::uint16_t add_operand(plan::Draft& draft, const Operand& operand) {
    if (operand.type == plan::Type::none) {
        return plan::kAbsent;
    }
    plan::Tensor tensor = plan::dense_tensor(operand.type, operand.dims);
    if (operand.is_constant) {
        return draft.add_constant(tensor, operand.bytes, 16);
    }
    std::uint32_t& arena = draft.memory.arena_bytes[0];
    tensor.offset = arena;
    arena += static_cast<std::uint32_t>((plan::tensor_bytes(tensor) + 15) / 16 * 16);
    return draft.add_tensor(tensor);
}

/// The draft with its constants packed by `lowering`.
plan::Draft packed(const plan::Draft& canonical, const Lowering& lowering) {
    plan::Draft draft = canonical;
    const plan::View view = canonical.view();
    for (const PackedConstant& constant : lowering.pack(Call(view, view.steps()[0]))) {
        draft.operands[constant.operand] = draft.add_constant(
            plan::dense_tensor(constant.type, constant.dims), constant.bytes, 64);
    }
    draft.steps[0].layout = lowering.layout;
    return draft;
}

/// Gives the step the scratch that the kernel asks for.
void add_scratch(plan::Draft& draft, const KernelEntry& kernel) {
    const plan::View view = draft.view();
    const std::uint32_t bytes = kernel.scratch(Call(view, view.steps()[0]));
    if (bytes == 0) {
        return;
    }
    const std::uint32_t dims[] = {bytes};
    plan::Tensor tensor = plan::dense_tensor(plan::Type::u8, dims);
    tensor.offset = (draft.memory.arena_bytes[0] + 63) / 64 * 64;
    draft.memory.arena_bytes[0] = tensor.offset + bytes;
    draft.operands.push_back(draft.add_tensor(tensor));
    draft.steps[0].scratch_count = 1;
}

}  // namespace

OneStep::OneStep(OpId op,
                 std::span<const std::byte> attributes,
                 std::vector<Operand> inputs,
                 std::vector<Operand> outputs) {
    plan::Draft::NewStep step{.op = static_cast<std::uint16_t>(op),
                              .inputs = {},
                              .outputs = {},
                              .attributes = attributes,
                              .name = "step"};
    for (const Operand& operand : inputs) {
        step.inputs.push_back(add_operand(draft_, operand));
        inputs_.push_back(operand.is_constant ? std::vector<std::byte>{} : operand.bytes);
    }
    for (const Operand& operand : outputs) {
        step.outputs.push_back(add_operand(draft_, operand));
    }
    draft_.add_step(step);
}

std::vector<OneStep::Variant> OneStep::variants() const {
    std::vector<Variant> found;
    const plan::View view = draft_.view();
    const Call canonical(view, view.steps()[0]);
    for (const KernelEntry& kernel : all_kernels()) {
        if ((kernel.needs & ~cpu::here()) != 0) {
            continue;
        }
        if (accepts(kernel, canonical)) {
            found.push_back({&kernel, draft_});
        }
        for (const Lowering* lowering : all_lowerings()) {
            if (lowering->op != kernel.op || lowering->layout != kernel.layout ||
                lowering->op != static_cast<OpId>(canonical.step().op) ||
                canonical.input(0).type != lowering->input ||
                canonical.output(0).type != lowering->output || !lowering->accepts(canonical)) {
                continue;
            }
            plan::Draft draft = packed(draft_, *lowering);
            const plan::View packed_view = draft.view();
            if (accepts(kernel, Call(packed_view, packed_view.steps()[0]))) {
                found.push_back({&kernel, std::move(draft)});
            }
        }
    }
    for (Variant& variant : found) {
        add_scratch(variant.draft, *variant.kernel);
    }
    return found;
}

Fault OneStep::check() const {
    const plan::View view = draft_.view();
    const Call call(view, view.steps()[0]);
    for (const KernelEntry& kernel : all_kernels()) {
        if (static_cast<std::uint16_t>(kernel.op) == call.step().op) {
            return kernel.check(call);
        }
    }
    return {Status::kernel_missing, 0};
}

const KernelEntry* OneStep::reference() const {
    const plan::View view = draft_.view();
    for (const KernelEntry& kernel : all_kernels()) {
        if (kernel.needs == 0 && accepts(kernel, Call(view, view.steps()[0]))) {
            return &kernel;
        }
    }
    return nullptr;
}

std::vector<std::byte> OneStep::run_bytes(const plan::Draft& draft,
                                          const KernelEntry& kernel,
                                          std::size_t index,
                                          std::uint32_t grain) const {
    const plan::View view = draft.view();
    std::vector<std::byte> arena(draft.memory.arena_bytes[0] + 64, std::byte{0x55});
    Bases bases{};
    bases[plan::region::constants] = const_cast<std::byte*>(view.constants().data());
    const auto misaligned = reinterpret_cast<std::uintptr_t>(arena.data()) % 64;
    bases[plan::region::arena] = arena.data() + (64 - misaligned) % 64;
    Call call(view, view.steps()[0], &bases);
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
        if (!inputs_[i].empty()) {
            std::memcpy(const_cast<std::byte*>(call.in<std::byte>(i)), inputs_[i].data(),
                        inputs_[i].size());
        }
    }
    call.set_scratch(draft.steps[0].scratch_count == 0 ? nullptr : call.planned_scratch());
    const std::uint32_t tiles = kernel.tiles(call);
    for (std::uint32_t first = 0; first < tiles; first += std::min(grain, tiles - first)) {
        kernel.run(call, {first, first + std::min(grain, tiles - first)});
    }
    const std::byte* out = call.out<std::byte>(index);
    return {out, out + plan::tensor_bytes(call.output(index))};
}

}  // namespace verge::test
