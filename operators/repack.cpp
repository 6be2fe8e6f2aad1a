#include "operators/repack.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "operators/all_kernels.hpp"
#include "operators/lower.hpp"

namespace verge {
namespace {

void store(plan::Draft& draft,
           plan::Tensor& tensor,
           std::span<const std::byte> bytes,
           std::uint32_t alignment) {
    const std::size_t wanted = std::max(alignment, plan::element_bytes(tensor.type));
    draft.constants.resize((draft.constants.size() + wanted - 1) / wanted * wanted);
    tensor.region = plan::region::constants;
    tensor.offset = static_cast<std::uint32_t>(draft.constants.size());
    draft.constants.insert(draft.constants.end(), bytes.begin(), bytes.end());
}

/// A constant that is the same already: steps that share weights share packed ones, too.
std::optional<std::uint16_t> find_same(const plan::Draft& draft,
                                       const plan::Tensor& tensor,
                                       std::span<const std::byte> bytes,
                                       std::uint32_t alignment) {
    const std::size_t wanted = std::max(alignment, plan::element_bytes(tensor.type));
    for (std::size_t i = 0; i < draft.tensors.size(); ++i) {
        const plan::Tensor& other = draft.tensors[i];
        if (other.region == plan::region::constants && other.offset % wanted == 0 &&
            other.type == tensor.type && other.rank == tensor.rank && other.dims == tensor.dims &&
            plan::is_dense(other) &&
            std::ranges::equal(std::span(draft.constants).subspan(other.offset, bytes.size()),
                               bytes)) {
            return static_cast<std::uint16_t>(i);
        }
    }
    return std::nullopt;
}

void replace(plan::Draft& draft,
             std::size_t index,
             const std::vector<PackedConstant>& constants,
             std::uint32_t alignment) {
    const std::uint32_t first = draft.steps[index].first_operand;
    for (const PackedConstant& constant : constants) {
        plan::Tensor tensor = plan::dense_tensor(constant.type, constant.dims);
        std::uint16_t& operand = draft.operands[first + constant.operand];
        if (const auto known = find_same(draft, tensor, constant.bytes, alignment)) {
            operand = *known;
            continue;
        }
        store(draft, tensor, constant.bytes, alignment);
        operand = draft.add_tensor(tensor);
    }
}

/// Brings step `index` to the canonical layout.
bool unpack(plan::Draft& draft, std::size_t index, std::uint32_t alignment) {
    const plan::View view = draft.view();
    const Call call(view, view.steps()[index]);
    const Lowering* lowering = call.step().layout == 0 ? nullptr : lowering_of(call);
    if (lowering == nullptr) {
        return false;
    }
    const std::vector<PackedConstant> constants = lowering->unpack(call);
    draft.steps[index].layout = 0;
    replace(draft, index, constants, alignment);
    return true;
}

bool pack(plan::Draft& draft, std::size_t index, std::uint16_t features, std::uint32_t alignment) {
    const plan::View view = draft.view();
    const Call call(view, view.steps()[index]);
    const Lowering* lowering = call.step().layout != 0 ? nullptr : best_lowering(call, features);
    if (lowering == nullptr) {
        return false;
    }
    const std::vector<PackedConstant> constants = lowering->pack(call);
    draft.steps[index].layout = lowering->layout;
    replace(draft, index, constants, alignment);
    return true;
}

/// Gives each step operands of its own: in a plan from outside steps may share some, and between
/// them may stand what no step reads.
void separate_operands(plan::Draft& draft) {
    std::vector<std::uint16_t> operands;
    for (plan::Step& step : draft.steps) {
        const auto first = draft.operands.begin() + step.first_operand;
        step.first_operand = static_cast<std::uint32_t>(operands.size());
        operands.insert(operands.end(), first,
                        first + step.input_count + step.output_count + step.scratch_count);
    }
    draft.operands = std::move(operands);
}

/// False when the constants of another step might outnumber the indices of tensors or outgrow their
/// offsets: steps may share weights, which are then packed for each of them.
bool has_room(const plan::Draft& draft) {
    constexpr std::size_t kMostTensors = 512;  // of a step, unpacked and packed again
    constexpr std::size_t kMostBytes = std::size_t{1} << 30U;
    return draft.tensors.size() + kMostTensors < plan::kAbsent &&
           draft.constants.size() <= kMostBytes;
}

std::vector<bool> find_read(const plan::Draft& draft) {
    std::vector<bool> is_read(draft.tensors.size(), false);
    for (const std::uint16_t operand : draft.operands) {
        if (operand != plan::kAbsent) {
            is_read[operand] = true;
        }
    }
    for (const plan::Port& port : draft.ports) {
        is_read[port.tensor] = true;
    }
    return is_read;
}

/// Bytes of all constants that are read, those that several tensors see once for each.
std::uint64_t read_bytes(const plan::Draft& draft, const std::vector<bool>& is_read) {
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < draft.tensors.size(); ++i) {
        const plan::Tensor& tensor = draft.tensors[i];
        bytes += is_read[i] && tensor.region == plan::region::constants ? plan::tensor_bytes(tensor)
                                                                        : 0U;
    }
    return bytes;
}

/// Any kernel of the operator: all of them share check and scratch. nullptr: there is none.
const KernelEntry* any_kernel(const Call& call) {
    for (const KernelEntry& entry : all_kernels()) {
        if (static_cast<std::uint16_t>(entry.op) == call.step().op) {
            return &entry;
        }
    }
    return nullptr;
}

constexpr std::size_t kMostTensors = plan::kAbsent - 1;  // what View::open() takes

std::uint32_t scratch_of(const Call& call) {
    const KernelEntry* kernel = any_kernel(call);
    return kernel == nullptr ? 0 : kernel->scratch(call);
}

}  // namespace

Fault check_steps(const plan::View& plan) {
    for (std::uint32_t i = 0; i < plan.steps().size(); ++i) {
        const Call call(plan, plan.steps()[i]);
        const KernelEntry* kernel = any_kernel(call);
        const Fault fault = kernel == nullptr ? kOk : kernel->check(call);
        if (!fault.ok()) {
            return {fault.status, i};
        }
    }
    return kOk;
}

bool is_packed_for(const plan::View& plan, std::uint16_t features) {
    return std::ranges::all_of(plan.steps(), [&](const plan::Step& step) {
        const Call call(plan, step);
        const Lowering* lowering = step.layout == 0 ? nullptr : lowering_of(call);
        const Lowering* best = step.layout == 0 ? best_lowering(call, features) : nullptr;
        return best == nullptr && (lowering == nullptr || (lowering->needs & ~features) == 0);
    });
}

bool repack(plan::Draft& draft, std::uint16_t features, std::uint32_t alignment) {
    bool has_changed = false;
    separate_operands(draft);
    for (std::size_t i = 0; i < draft.steps.size() && has_room(draft); ++i) {
        has_changed |= unpack(draft, i, alignment);
        has_changed |= pack(draft, i, features, alignment);
    }
    if (has_changed) {
        drop_unread(draft, alignment);
    }
    return has_changed;
}

void drop_unread(plan::Draft& draft, std::uint32_t alignment) {
    const std::vector<bool> is_read = find_read(draft);
    if (read_bytes(draft, is_read) > draft.constants.size()) {
        return;  // tensors share constants: apart they would be larger than together
    }
    const std::vector<std::byte> old = std::exchange(draft.constants, {});
    std::vector<std::uint16_t> moved(draft.tensors.size(), plan::kAbsent);
    std::vector<plan::Tensor> kept;
    for (std::size_t i = 0; i < draft.tensors.size(); ++i) {
        if (!is_read[i]) {
            continue;
        }
        plan::Tensor tensor = draft.tensors[i];
        if (tensor.region == plan::region::constants) {
            store(draft, tensor, std::span(old).subspan(tensor.offset, plan::tensor_bytes(tensor)),
                  alignment);
        }
        moved[i] = static_cast<std::uint16_t>(kept.size());
        kept.push_back(tensor);
    }
    draft.tensors = std::move(kept);
    for (std::uint16_t& operand : draft.operands) {
        operand = operand == plan::kAbsent ? operand : moved[operand];
    }
    for (plan::Port& port : draft.ports) {
        port.tensor = moved[port.tensor];
    }
}

Done add_scratch(plan::Draft& draft) {
    std::vector<std::uint16_t> operands;
    for (std::size_t i = 0; i < draft.steps.size(); ++i) {
        const plan::View view = draft.view();
        const std::uint32_t bytes = scratch_of(Call(view, view.steps()[i]));
        plan::Step& step = draft.steps[i];
        const auto first = draft.operands.begin() + step.first_operand;
        step.first_operand = static_cast<std::uint32_t>(operands.size());
        operands.insert(operands.end(), first, first + step.input_count + step.output_count);
        if (bytes > 0 && draft.tensors.size() >= kMostTensors) {
            return unsupported("with the scratch of its steps the model has more than " +
                                   std::to_string(kMostTensors) + " tensors",
                               "fewer");
        }
        if (bytes > 0) {
            const std::uint32_t dims[] = {bytes};
            operands.push_back(draft.add_tensor(plan::dense_tensor(plan::Type::u8, dims)));
        }
    }
    // The old list was read until here; scratch counts are set last, so that views stay sound.
    for (std::size_t i = 0; i < draft.steps.size(); ++i) {
        plan::Step& step = draft.steps[i];
        const std::size_t next =
            i + 1 < draft.steps.size() ? draft.steps[i + 1].first_operand : operands.size();
        step.scratch_count = static_cast<std::uint8_t>(next - step.first_operand -
                                                       step.input_count - step.output_count);
    }
    draft.operands = std::move(operands);
    return done();
}

}  // namespace verge
