#include "runtime/fast/runner.hpp"

#include <algorithm>
#include <string>

#include "plan/draft.hpp"

namespace verge::fast {
namespace {

/// Steps with fewer output elements than this are not worth waking a worker for.
constexpr std::uint32_t kWorthSharing = 2048;

struct Shared {
    Call* call;
    const KernelEntry* kernel;
    std::byte* scratch;
    std::size_t stride;
};

void run_shared(void* context, unsigned worker, std::uint32_t first, std::uint32_t last) {
    const auto& shared = *static_cast<const Shared*>(context);
    Call call = *shared.call;
    call.set_scratch(shared.scratch + worker * shared.stride);
    shared.kernel->run(call, {first, last});
}

}  // namespace

Outcome<Runner> Runner::create(PlanFile plan, const RunnerOptions& options) {
    Runner runner;
    runner.plan_ = std::move(plan);
    runner.machine_ = {options.kernels, runner.plan_.features()};
    runner.pool_ = options.pool;
    VERGE_CHECK(runner.place(options));
    VERGE_CHECK(runner.resolve());
    runner.reset();
    return runner;
}

Done Runner::place(const RunnerOptions& options) {
    const plan::View& view = plan_.view();
    bases_ = std::make_unique<Bases>();
    (*bases_)[plan::region::constants] = const_cast<std::byte*>(view.constants().data());
    state_ = AlignedBytes(view.memory().state_bytes);
    (*bases_)[plan::region::state] = state_.data();
    for (std::size_t i = 0; i < plan::kMaxArenas; ++i) {
        arenas_.emplace_back(view.memory().arena_bytes[i]);
        (*bases_)[plan::region::arena + i] = arenas_.back().data();
    }
    for (std::size_t i = 0; i < view.ports().size(); ++i) {
        const plan::Tensor& tensor = view.tensors()[view.ports()[i].tensor];
        if (tensor.region < plan::region::slot) {
            continue;
        }
        const bool is_bound =
            i < options.slots.size() && options.slots[i].size() >= plan::tensor_bytes(tensor);
        if (!is_bound) {
            return explain({Status::slot_unbound, static_cast<std::uint32_t>(i)}, "port");
        }
        if (reinterpret_cast<std::uintptr_t>(options.slots[i].data()) %
                plan::element_bytes(tensor.type) !=
            0) {
            return explain({Status::misaligned, static_cast<std::uint32_t>(i)}, "port");
        }
        (*bases_)[tensor.region] = options.slots[i].data();
    }
    return done();
}

/// The fast runtime gives each worker scratch of its own, so what the plan placed is not looked at:
/// another CPU's kernel may want more.
Done Runner::resolve() {
    const plan::View& view = plan_.view();
    for (std::uint32_t i = 0; i < view.steps().size(); ++i) {
        const Result<std::uint16_t> found = find_step_kernel(view, machine_, i);
        if (!found.ok()) {
            return explain(found.fault(), std::string("step ") + std::to_string(i) + " '" +
                                              view.step_name(i) + "'");
        }
        table_.push_back(found.value());
        if (found.value() != kReplaced) {
            const Call call(view, view.steps()[i]);
            const std::size_t bytes = machine_.kernels[found.value()].scratch(call);
            scratch_stride_ = std::max(scratch_stride_, (bytes + 63) / 64 * 64);
            table_.insert(table_.end(), replaced_steps(call), kReplaced);
            i += replaced_steps(call);
        }
    }
    const std::size_t workers = pool_ == nullptr ? 1 : pool_->worker_count();
    scratch_ = AlignedBytes(workers * scratch_stride_);
    return done();
}

void Runner::run() noexcept {
    run(nullptr, nullptr);
}

void Runner::run(StepDone done, void* context) noexcept {
    for (std::size_t i = 0; i < table_.size(); ++i) {
        if (table_[i] == kReplaced) {
            continue;
        }
        run_step(i);
        if (done != nullptr) {
            done(context, i);
        }
    }
}

void Runner::run_step(std::size_t step) noexcept {
    const plan::View& view = plan_.view();
    const KernelEntry& kernel = machine_.kernels[table_[step]];
    Call call(view, view.steps()[step], bases_.get());
    call.set_scratch(scratch_.data());
    const bool is_ordered = (view.steps()[step].flags & plan::step_flag::ordered) != 0;
    const bool is_small =
        call.output_count() == 0 || plan::element_count(call.output(0)) < kWorthSharing;
    if (pool_ == nullptr || is_ordered || is_small) {
        kernel.run(call, {0, kernel.tiles(call)});
    } else {
        share_tiles(call, kernel);
    }
}

void Runner::share_tiles(Call& call, const KernelEntry& kernel) noexcept {
    const std::uint32_t tiles = kernel.tiles(call);
    const std::uint32_t grain = std::max<std::uint32_t>(1, tiles / (4 * pool_->worker_count()));
    Shared shared{&call, &kernel, scratch_.data(), scratch_stride_};
    pool_->run(tiles, grain, run_shared, &shared);
}

void Runner::reset() noexcept {
    const auto initial = plan_.view().initial_state();
    std::ranges::fill(state_.bytes(), std::byte{0});
    std::ranges::copy(initial, state_.data());
}

std::span<std::byte> Runner::port(std::size_t index) const {
    const plan::View& view = plan_.view();
    const plan::Tensor& tensor = view.tensors()[view.ports()[index].tensor];
    return {(*bases_)[tensor.region] + tensor.offset, plan::tensor_bytes(tensor)};
}

const KernelEntry* Runner::kernel(std::size_t step) const {
    return table_[step] == kReplaced ? nullptr : &machine_.kernels[table_[step]];
}

std::size_t Runner::memory_bytes() const {
    std::size_t bytes = state_.size() + scratch_.size();
    for (const AlignedBytes& arena : arenas_) {
        bytes += arena.size();
    }
    return bytes;
}

}  // namespace verge::fast
