// The C functions over tiny::Runner.

#include "runtime/tiny/verge.h"

#include <cstring>
#include <type_traits>

#include "runtime/tiny/runner.hpp"

static_assert(sizeof(verge::tiny::Runner) <= sizeof(verge_model));
static_assert(alignof(verge::tiny::Runner) <= alignof(verge_model));
static_assert(std::is_trivially_copyable_v<verge::tiny::Runner>);

namespace {

using verge::Fault;
using verge::Result;
using verge::tiny::Runner;
namespace plan = verge::plan;

std::span<const std::byte> bytes_of(const void* data, std::size_t bytes) {
    return {static_cast<const std::byte*>(data), bytes};
}

/// The runner that verge_model_open() has copied there.
Runner& runner_of(verge_model* model) {
    return *reinterpret_cast<Runner*>(model);
}

const Runner& runner_of(const verge_model* model) {
    return *reinterpret_cast<const Runner*>(model);
}

verge_fault for_c(Fault fault) {
    return {static_cast<std::uint8_t>(fault.status), fault.at};
}

Fault open(verge_model& model,
           std::span<const std::byte> bytes,
           verge_kernels kernels,
           std::span<std::byte> memory) {
    const Result<plan::View> view = plan::View::open(bytes);
    VERGE_TRY(view.fault());
    const verge::KernelSet set{static_cast<const verge::KernelEntry*>(kernels.first),
                               kernels.count};
    const Result<Runner> runner = Runner::create(view.value(), {.main = memory}, {.kernels = set});
    VERGE_TRY(runner.fault());
    std::memcpy(&model, &runner.value(), sizeof(Runner));
    return verge::kOk;
}

/// Bytes of the `index`-th input or output; empty when there is none.
std::span<std::byte> port_of(const Runner& runner, std::uint32_t index, bool is_output) {
    const std::span<const plan::Port> ports = runner.plan().ports();
    for (std::size_t i = 0; i < ports.size(); ++i) {
        if ((ports[i].is_output != 0) == is_output && index-- == 0) {
            return runner.port(i);
        }
    }
    return {};
}

std::byte* give(std::span<std::byte> port, std::size_t* bytes) {
    if (bytes != nullptr) {
        *bytes = port.size();
    }
    return port.data();
}

}  // namespace

extern "C" {

size_t verge_model_memory_bytes(const void* plan, size_t plan_bytes) {
    const Result<plan::View> view = plan::View::open(bytes_of(plan, plan_bytes));
    return view.ok() ? verge::tiny::workspace_bytes(view.value()) : 0;
}

// NOLINTNEXTLINE(readability-function-size): C has no spans
verge_fault verge_model_open(verge_model* model,
                             const void* plan,
                             size_t plan_bytes,
                             verge_kernels kernels,
                             void* memory,
                             size_t memory_bytes) {
    return for_c(open(*model, bytes_of(plan, plan_bytes), kernels,
                      {static_cast<std::byte*>(memory), memory_bytes}));
}

void* verge_model_input(verge_model* model, uint32_t index, size_t* bytes) {
    return give(port_of(runner_of(model), index, false), bytes);
}

const void* verge_model_output(const verge_model* model, uint32_t index, size_t* bytes) {
    return give(port_of(runner_of(model), index, true), bytes);
}

void verge_model_run(verge_model* model) {
    runner_of(model).run();
}

void verge_model_reset(verge_model* model) {
    runner_of(model).reset();
}

}  // extern "C"
