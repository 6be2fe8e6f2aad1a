#include "operators/steps.hpp"

#include "operators/foreign/op.hpp"

namespace verge {
namespace {

bool is_foreign(const Call& call) {
    return call.step().op == static_cast<std::uint16_t>(OpId::foreign);
}

/// Of the kernels that accept the call and that the CPU can run, the last; or their number.
std::size_t find_kernel(const Machine& machine, const Call& call) {
    std::size_t found = machine.kernels.size();
    for (std::size_t i = 0; i < machine.kernels.size(); ++i) {
        const KernelEntry& entry = machine.kernels[i];
        if ((entry.needs & ~machine.features) == 0 && accepts(entry, call)) {
            found = i;
        }
    }
    return found;
}

/// Kernels take scratch for whatever they like, so it is aligned for it.
bool has_aligned_scratch(const plan::View& plan, const plan::Step& step) {
    if (step.scratch_count == 0) {
        return true;
    }
    const std::uint16_t operand = plan.operands(step)[step.input_count + step.output_count];
    const plan::Tensor& tensor = plan.tensors()[operand];
    return tensor.region < plan::region::slot && tensor.offset % kScratchAlignment == 0 &&
           plan.memory().alignment >= kScratchAlignment;
}

}  // namespace

std::uint32_t replaced_steps(const Call& call) {
    return is_foreign(call) ? call.attributes<Foreign>().replaces : 0;
}

Result<std::uint16_t> find_step_kernel(const plan::View& plan,
                                       const Machine& machine,
                                       std::uint32_t index) {
    const Call call(plan, plan.steps()[index]);
    const std::size_t found = find_kernel(machine, call);
    if (replaced_steps(call) >= plan.steps().size() - index) {
        return Fault{Status::plan_step, index};
    }
    if (found >= machine.kernels.size() || found >= kReplaced) {
        return is_foreign(call) ? Result<std::uint16_t>(kReplaced)
                                : Result<std::uint16_t>(Fault{Status::kernel_missing, index});
    }
    if (const Fault fault = machine.kernels[found].check(call); !fault.ok()) {
        return Fault{fault.status, index};
    }
    return static_cast<std::uint16_t>(found);
}

Result<std::uint16_t> resolve_step(const plan::View& plan,
                                   const Machine& machine,
                                   std::uint32_t index) {
    const Result<std::uint16_t> found = find_step_kernel(plan, machine, index);
    if (!found.ok() || found.value() == kReplaced) {
        return found;
    }
    const Call call(plan, plan.steps()[index]);
    if (call.scratch_bytes() < machine.kernels[found.value()].scratch(call)) {
        return Fault{Status::scratch_small, index};
    }
    return has_aligned_scratch(plan, call.step())
               ? found
               : Result<std::uint16_t>(Fault{Status::misaligned, index});
}

}  // namespace verge
