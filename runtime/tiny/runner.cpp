#include "runtime/tiny/runner.hpp"

namespace verge::tiny {
namespace {

/// What workspace_bytes() says of a size that 32 bits do not hold.
constexpr std::uint32_t kTooLarge = 0xffffffffU;

struct Offsets {
    std::uint64_t state;
    std::uint64_t table;
    std::uint64_t total;
};

/// Where the parts of the main memory start.
Offsets offsets_of(const plan::View& plan) {
    const plan::Memory& memory = plan.memory();
    const std::uint64_t mask = memory.alignment - 1U;  // of a power of two: no 64-bit division
    const auto align = [&](std::uint64_t bytes) { return (bytes + mask) & ~mask; };
    const std::uint64_t state = align(memory.arena_bytes[0]);
    const std::uint64_t table = align(state + memory.state_bytes);
    return {state, table, table + plan.steps().size() * sizeof(std::uint16_t)};
}

bool is_aligned(const void* pointer, std::uint32_t alignment) {
    return reinterpret_cast<std::uintptr_t>(pointer) % alignment == 0;
}

}  // namespace

std::uint32_t workspace_bytes(const plan::View& plan) {
    const std::uint64_t total = offsets_of(plan).total;
    return total > kTooLarge ? kTooLarge : static_cast<std::uint32_t>(total);
}

Result<Runner> Runner::create(plan::View plan,
                              Workspace workspace,
                              Machine machine,
                              std::span<const std::span<std::byte>> slots) {
    Runner runner;
    runner.plan_ = plan;
    runner.kernels_ = machine.kernels;
    VERGE_TRY(runner.place(workspace));
    VERGE_TRY(runner.bind(slots));
    VERGE_TRY(runner.resolve(machine));
    runner.reset();
    return runner;
}

Fault Runner::place(const Workspace& workspace) {
    const plan::Memory& memory = plan_.memory();
    const std::uint32_t needed = workspace_bytes(plan_);
    if (needed == kTooLarge || workspace.main.size() < needed) {
        return {Status::arena_small, needed};
    }
    const Offsets offsets = offsets_of(plan_);
    // Nothing writes to constants: View::open() refuses a step that would.
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast)
    bases_[plan::region::constants] = const_cast<std::byte*>(plan_.constants().data());
    bases_[plan::region::state] = workspace.main.data() + offsets.state;
    bases_[plan::region::arena] = workspace.main.data();
    table_ = reinterpret_cast<std::uint16_t*>(workspace.main.data() + offsets.table);
    if (!is_aligned(workspace.main.data(), memory.alignment)) {
        return {Status::misaligned, memory.alignment};
    }
    for (std::size_t i = 0; i < workspace.more.size(); ++i) {
        if (workspace.more[i].size() < memory.arena_bytes[i + 1]) {
            return {Status::arena_small, memory.arena_bytes[i + 1]};
        }
        if (!is_aligned(workspace.more[i].data(), memory.alignment)) {
            return {Status::misaligned, memory.alignment};
        }
        bases_[plan::region::arena + i + 1] = workspace.more[i].data();
    }
    return kOk;
}

Fault Runner::bind(std::span<const std::span<std::byte>> slots) {
    for (std::uint32_t i = 0; i < plan_.ports().size(); ++i) {
        const plan::Tensor& tensor = plan_.tensors()[plan_.ports()[i].tensor];
        if (tensor.region < plan::region::slot) {
            continue;
        }
        if (i >= slots.size() || slots[i].data() == nullptr ||
            slots[i].size() < plan::tensor_bytes(tensor)) {
            return {Status::slot_unbound, i};
        }
        if (!is_aligned(slots[i].data(), plan::element_bytes(tensor.type))) {
            return {Status::misaligned, i};
        }
        bases_[tensor.region] = slots[i].data();
    }
    return kOk;
}

Fault Runner::resolve(const Machine& machine) {
    for (std::uint32_t i = 0; i < plan_.steps().size(); ++i) {
        const Result<std::uint16_t> found = resolve_step(plan_, machine, i);
        VERGE_TRY(found.fault());
        table_[i] = found.value();
        const Call call(plan_, plan_.steps()[i]);
        for (std::uint32_t left = found.value() == kReplaced ? 0 : replaced_steps(call); left > 0;
             --left) {
            table_[++i] = kReplaced;
        }
    }
    return kOk;
}

void Runner::reset() noexcept {
    const std::span<const std::byte> initial = plan_.initial_state();
    std::byte* state = bases_[plan::region::state];
    for (std::size_t i = 0; i < plan_.memory().state_bytes; ++i) {
        state[i] = i < initial.size() ? initial[i] : std::byte{0};
    }
}

void Runner::run() noexcept {
    for (std::size_t i = 0; i < plan_.steps().size(); ++i) {
        if (table_[i] == kReplaced) {
            continue;
        }
        const plan::Step& step = plan_.steps()[i];
        const KernelEntry& kernel = kernels_[table_[i]];
        Call call(plan_, step, &bases_);
        call.set_scratch(step.scratch_count == 0 ? nullptr : call.planned_scratch());
        kernel.run(call, {0, kernel.tiles(call)});
    }
}

std::span<std::byte> Runner::port(std::size_t index) const {
    const plan::Tensor& tensor = plan_.tensors()[plan_.ports()[index].tensor];
    return {bases_[tensor.region] + tensor.offset, plan::tensor_bytes(tensor)};
}

}  // namespace verge::tiny
