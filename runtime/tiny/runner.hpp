#pragma once
// The microcontroller runtime: walks the steps of a plan. No heap, no exceptions, no OS.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "operators/steps.hpp"
#include "plan/plan.hpp"

namespace verge::tiny {

/// Memory for one Runner. `main` holds arena 0, the state and the table of resolved kernels, in
/// this order; `more` are arenas 1 to 3, for boards with several RAMs. Everything outlives the
/// Runner. The first byte of each is aligned to plan::Memory::alignment.
struct Workspace {
    std::span<std::byte> main;
    std::array<std::span<std::byte>, plan::kMaxArenas - 1> more = {};
};

/// What `main` must hold: arena 0, state and table. View::open() refuses plans for which it is more
/// than 2^32 - 1 bytes; of a view that was not opened it reads as that, and create() refuses it.
[[nodiscard]] std::uint32_t workspace_bytes(const plan::View& plan);

/// Runs one plan. Plain data, but it holds the addresses of its memory: do not run copies at once.
class Runner {
public:
    Runner() = default;

    /// Proves that memory and kernels suffice and that every step stays in bounds, so that run()
    /// has nothing left to refuse; then resets the state. `machine.kernels` outlives the Runner.
    /// `slots[i]` is the buffer of port i when the plan leaves it to the caller, else empty.
    static Result<Runner> create(plan::View plan,
                                 Workspace workspace,
                                 Machine machine,
                                 std::span<const std::span<std::byte>> slots = {});

    /// One inference: reads the inputs, leaves the outputs. Reads nothing else from outside.
    void run() noexcept;

    /// Sets the state as it was after create().
    void reset() noexcept;

    /// The bytes of port `index`: fill the inputs before run(), read the outputs after it.
    [[nodiscard]] std::span<std::byte> port(std::size_t index) const;

    [[nodiscard]] const plan::View& plan() const { return plan_; }

private:
    Fault place(const Workspace& workspace);
    Fault bind(std::span<const std::span<std::byte>> slots);
    Fault resolve(const Machine& machine);

    plan::View plan_;
    KernelSet kernels_;
    Bases bases_{};
    std::uint16_t* table_ = nullptr;  // per step: index of its kernel
};

}  // namespace verge::tiny
