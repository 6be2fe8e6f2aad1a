#pragma once
// The Linux runtime: the same plan as on a microcontroller, its tiles shared between threads.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/outcome.hpp"
#include "operators/all_kernels.hpp"
#include "operators/steps.hpp"
#include "platform/threads.hpp"
#include "runtime/fast/aligned.hpp"
#include "runtime/fast/plan_file.hpp"

namespace verge::fast {

struct RunnerOptions {
    platform::ThreadPool* pool = nullptr;  // nullptr: one thread; outlives the runner
    KernelSet kernels = all_kernels();
    /// By port: the caller's buffer where the plan leaves it to the caller, else empty.
    std::span<const std::span<std::byte>> slots = {};
    /// A plan from outside may ask for up to 20 GiB of arena and state; beyond this many bytes it
    /// is refused. 0: what the machine has.
    std::uint64_t most_bytes = 0;
};

/// Runs one plan. Runners share the plan, never state. Not for two threads at once. Movable.
class Runner {
public:
    static Outcome<Runner> create(PlanFile plan, const RunnerOptions& options);

    /// One inference.
    void run() noexcept;

    /// Called after each step of a run: for profiles. `context` is passed on.
    using StepDone = void (*)(void* context, std::size_t step);
    void run(StepDone done, void* context) noexcept;

    /// Sets the state as it was after create().
    void reset() noexcept;

    /// The bytes of port `index`: fill the inputs before run(), read the outputs after it.
    [[nodiscard]] std::span<std::byte> port(std::size_t index) const;

    [[nodiscard]] const plan::View& plan() const { return plan_.view(); }

    /// The kernel of a step; nullptr: it is replaced by others.
    [[nodiscard]] const KernelEntry* kernel(std::size_t step) const;

    /// Bytes of arena, state and scratch.
    [[nodiscard]] std::size_t memory_bytes() const;

private:
    Runner() = default;

    Done place();
    Done bind_slots(const RunnerOptions& options);
    Done resolve();
    Done add_step(std::uint32_t step);
    Done expect_room(std::uint64_t scratch_bytes) const;
    [[nodiscard]] bool has_separate_tiles(const Call& call) const;
    void run_step(std::size_t step) noexcept;
    void share_tiles(Call& call, const KernelEntry& kernel) noexcept;

    PlanFile plan_;
    Machine machine_;
    platform::ThreadPool* pool_ = nullptr;
    std::vector<AlignedBytes> arenas_;
    AlignedBytes state_;
    AlignedBytes scratch_;  // workers times the largest step's
    std::size_t scratch_stride_ = 0;
    std::uint64_t most_bytes_ = 0;
    std::unique_ptr<Bases> bases_;
    std::vector<std::uint16_t> table_;  // by step: its kernel
    std::vector<bool> is_alone_;        // by step: one thread runs it, tile after tile
};

}  // namespace verge::fast
