#include "runtime/fast/runner.hpp"

#include <algorithm>
#include <string>

#include "operators/in_place.hpp"
#include "plan/draft.hpp"
#include "platform/machine.hpp"

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

/// Where a tensor lies.
struct Range {
    std::uintptr_t first;
    std::uintptr_t last;  // one behind
};

Range range_of(const std::byte* data, const plan::Tensor& tensor) {
    const auto first = reinterpret_cast<std::uintptr_t>(data);
    return {first, first + plan::tensor_bytes(tensor)};
}

bool do_meet(const Range& a, const Range& b) {
    return a.first < b.last && b.first < a.last;
}

}  // namespace

Outcome<Runner> Runner::create(PlanFile plan, const RunnerOptions& options) {
    Runner runner;
    runner.plan_ = std::move(plan);
    runner.machine_ = {options.kernels, runner.plan_.features()};
    runner.pool_ = options.pool;
    runner.most_bytes_ =
        options.most_bytes == 0 ? platform::physical_memory_bytes() : options.most_bytes;
    VERGE_CHECK(runner.place());
    VERGE_CHECK(runner.bind_slots(options));
    VERGE_CHECK(runner.resolve());
    // All of it is zero so far, and takes no memory of the machine while nobody writes there.
    std::ranges::copy(runner.plan().initial_state(), runner.state_.data());
    return runner;
}

/// Refuses what the machine cannot hold before it is asked for.
Done Runner::expect_room(std::uint64_t scratch_bytes) const {
    const plan::Memory& memory = plan_.view().memory();
    std::uint64_t bytes = memory.state_bytes + scratch_bytes;
    for (const std::uint32_t arena : memory.arena_bytes) {
        bytes += arena;
    }
    return bytes <= most_bytes_
               ? done()
               : Done(Error{Code::unsupported,
                            "the plan asks for " + std::to_string(bytes) +
                                " bytes of arena, state and scratch",
                            "at most " + std::to_string(most_bytes_),
                            "take a machine with more memory, or a smaller model"});
}

Done Runner::place() {
    const plan::View& view = plan_.view();
    VERGE_CHECK(expect_room(0));
    bases_ = std::make_unique<Bases>();
    (*bases_)[plan::region::constants] = const_cast<std::byte*>(view.constants().data());
    VERGE_ASSIGN(state_, AlignedBytes::zeroed(view.memory().state_bytes));
    (*bases_)[plan::region::state] = state_.data();
    for (std::size_t i = 0; i < plan::kMaxArenas; ++i) {
        VERGE_ASSIGN(AlignedBytes arena, AlignedBytes::zeroed(view.memory().arena_bytes[i]));
        arenas_.push_back(std::move(arena));
        (*bases_)[plan::region::arena + i] = arenas_.back().data();
    }
    return done();
}

Done Runner::bind_slots(const RunnerOptions& options) {
    const plan::View& view = plan_.view();
    for (std::size_t i = 0; i < view.ports().size(); ++i) {
        const plan::Tensor& tensor = view.tensors()[view.ports()[i].tensor];
        if (tensor.region < plan::region::slot) {
            continue;
        }
        const bool is_bound = i < options.slots.size() && options.slots[i].data() != nullptr &&
                              options.slots[i].size() >= plan::tensor_bytes(tensor);
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
    is_alone_.assign(view.steps().size(), true);
    while (table_.size() < view.steps().size()) {
        VERGE_CHECK(add_step(static_cast<std::uint32_t>(table_.size())));
    }
    const std::size_t workers = pool_ == nullptr ? 1 : pool_->worker_count();
    VERGE_CHECK(expect_room(std::uint64_t{workers} * scratch_stride_));
    VERGE_ASSIGN(scratch_, AlignedBytes::zeroed(workers * scratch_stride_));
    return done();
}

/// Finds the kernel of the step, and of those behind it that it replaces.
Done Runner::add_step(std::uint32_t step) {
    const plan::View& view = plan_.view();
    const Result<std::uint16_t> found = find_step_kernel(view, machine_, step);
    if (!found.ok()) {
        return explain(found.fault(), std::string("step ") + std::to_string(step) + " '" +
                                          view.step_name(step) + "'");
    }
    table_.push_back(found.value());
    if (found.value() == kReplaced) {
        return done();
    }
    const Call call(view, view.steps()[step], bases_.get());
    const std::size_t bytes = machine_.kernels[found.value()].scratch(call);
    scratch_stride_ = std::max(scratch_stride_, (bytes + 63) / 64 * 64);
    is_alone_[step] =
        (call.step().flags & plan::step_flag::ordered) != 0 || call.output_count() == 0 ||
        plan::element_count(call.output(0)) < kWorthSharing || !has_separate_tiles(call);
    table_.insert(table_.end(), replaced_steps(call), kReplaced);
    return done();
}

/// False when tiles might write what other tiles read or write: outputs lie over each other or over
/// an input. Where that is in place, and the operator's rule allows it, tiles stay separate.
bool Runner::has_separate_tiles(const Call& call) const {
    for (std::size_t o = 0; o < call.output_count(); ++o) {
        const Range to = range_of(call.out<std::byte>(o), call.output(o));
        for (std::size_t i = 0; i < call.input_count(); ++i) {
            if (!call.has(i)) {
                continue;
            }
            const Range from = range_of(call.in<std::byte>(i), call.input(i));
            const bool is_in_place = o == 0 && from.first == to.first && is_free_in_place(call, i);
            if (do_meet(from, to) && !is_in_place) {
                return false;
            }
        }
        for (std::size_t other = o + 1; other < call.output_count(); ++other) {
            if (do_meet(to, range_of(call.out<std::byte>(other), call.output(other)))) {
                return false;
            }
        }
    }
    return true;
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
    if (pool_ == nullptr || is_alone_[step]) {
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
