#include "tests/fuzz/run_plan.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "base/cpu_here.hpp"
#include "operators/all_kernels.hpp"
#include "operators/average_pool2d/op.hpp"
#include "runtime/exact_buffer.hpp"
#include "runtime/fast/runner.hpp"
#include "runtime/tiny/runner.hpp"

namespace verge::fuzz {
namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

/// Bytes of every value in no order, the same for the same seed.
void fill(std::span<std::byte> bytes, std::uint32_t seed) {
    for (std::byte& byte : bytes) {
        seed = seed * 1664525U + 1013904223U;
        byte = static_cast<std::byte>(seed >> 24U);
    }
}

/// Taps of a window that only the attributes know.
double window_of(const Call& call) {
    const auto op = static_cast<OpId>(call.step().op);
    if (op != OpId::average_pool2d && op != OpId::max_pool2d) {
        return 1;
    }
    const auto pool = call.attributes<Pool2D>();
    return std::max(1.0, static_cast<double>(pool.kernel_h) * pool.kernel_w);
}

/// Not less than what a step computes.
double work_of(const Call& call) {
    double sum = 100;
    double most = 1;
    for (std::size_t i = 0; i < call.input_count(); ++i) {
        const double elements = call.has(i) ? plan::element_count(call.input(i)) : 0;
        sum += elements;
        most = i == 0 ? most : std::max(most, elements);
    }
    for (std::size_t i = 0; i < call.output_count(); ++i) {
        sum += plan::element_count(call.output(i));
    }
    const double out = call.output_count() == 0 ? 1 : plan::element_count(call.output(0));
    return sum + out * most * window_of(call);
}

bool is_small(const plan::View& plan) {
    std::uint64_t bytes = plan.memory().state_bytes;
    for (const std::uint32_t arena : plan.memory().arena_bytes) {
        bytes += arena;
    }
    for (const plan::Port& port : plan.ports()) {
        bytes += plan::tensor_bytes(plan.tensors()[port.tensor]);
    }
    double work = 0;
    for (const plan::Step& step : plan.steps()) {
        work += work_of(Call(plan, step));
    }
    return bytes <= kMostBytes && work <= kMostWork;
}

/// The buffers that the caller owes to a plan.
class Slots {
public:
    explicit Slots(const plan::View& plan) {
        for (const plan::Port& port : plan.ports()) {
            const plan::Tensor& tensor = plan.tensors()[port.tensor];
            buffers_.emplace_back(tensor.region < plan::region::slot ? 0
                                                                     : plan::tensor_bytes(tensor));
            fill(buffers_.back().bytes(), 7);
            slots_.push_back(buffers_.back().bytes());
        }
    }

    [[nodiscard]] std::span<const std::span<std::byte>> get() const { return slots_; }

private:
    std::vector<test::ExactBuffer> buffers_;
    std::vector<std::span<std::byte>> slots_;
};

template <typename Runner>
void fill_inputs(const Runner& runner, std::uint32_t seed) {
    for (std::size_t i = 0; i < runner.plan().ports().size(); ++i) {
        if (runner.plan().ports()[i].is_output == 0) {
            fill(runner.port(i), seed);
        }
    }
}

/// What lies behind arena 0 and state in the main memory: the table of kernels, which no kernel may
/// touch.
std::span<std::byte> table_of(const plan::View& plan, const tiny::Workspace& workspace) {
    return workspace.main.last(plan.steps().size() * sizeof(std::uint16_t));
}

void run_tiny(std::span<const std::byte> bytes) {
    const test::ExactBuffer copy(bytes);
    const Result<plan::View> opened = plan::View::open(copy.bytes());
    if (!opened.ok() || !is_small(opened.value())) {
        return;
    }
    const plan::View& plan = opened.value();
    const test::ExactBuffer main(tiny::workspace_bytes(plan));
    std::vector<test::ExactBuffer> more;
    tiny::Workspace workspace{.main = main.bytes()};
    for (std::size_t i = 0; i < workspace.more.size(); ++i) {
        more.emplace_back(plan.memory().arena_bytes[i + 1]);
        workspace.more[i] = more.back().bytes();
        fill(workspace.more[i], 5);
    }
    fill(workspace.main, 3);
    const Slots slots(plan);
    const Result<tiny::Runner> created =
        tiny::Runner::create(plan, workspace, {all_kernels(), cpu::here()}, slots.get());
    if (!created.ok()) {
        return;
    }
    tiny::Runner runner = created.value();
    const auto table = table_of(plan, workspace);
    const std::vector<std::byte> before(table.begin(), table.end());
    for (const std::uint32_t seed : {1U, 2U}) {
        fill_inputs(runner, seed);
        runner.run();
    }
    require(std::ranges::equal(table, before) && std::ranges::equal(copy.bytes(), bytes));
}

/// Moves arena 0 to arena 3, which has memory of its own, so that the sanitizer sees where it ends.
std::vector<std::byte> with_lone_arena(std::span<const std::byte> bytes) {
    std::vector<std::byte> moved(bytes.begin(), bytes.end());
    const test::ExactBuffer copy(bytes);
    const Result<plan::View> opened = plan::View::open(copy.bytes());
    if (!opened.ok() || opened.value().memory().arena_bytes[plan::kMaxArenas - 1] != 0) {
        return moved;
    }
    const auto at = [&](const void* place) {
        return moved.data() + (static_cast<const std::byte*>(place) - copy.bytes().data());
    };
    plan::Memory memory = opened.value().memory();
    std::swap(memory.arena_bytes[0], memory.arena_bytes[plan::kMaxArenas - 1]);
    std::memcpy(at(&opened.value().memory()), &memory, sizeof memory);
    for (const plan::Tensor& tensor : opened.value().tensors()) {
        if (tensor.region == plan::region::arena) {
            *at(&tensor.region) = std::byte{plan::region::arena + plan::kMaxArenas - 1};
        }
    }
    return moved;
}

void run_fast(std::span<const std::byte> bytes, std::uint16_t features) {
    const Outcome<fast::PlanFile> opened =
        fast::PlanFile::from_bytes(bytes, {.features = features});
    if (!opened.ok()) {
        require(!opened.error().message().empty());
        return;
    }
    if (!is_small(opened.value().view())) {
        return;
    }
    const Slots slots(opened.value().view());
    static const auto kPool = platform::ThreadPool::create(2);
    require(kPool.ok());
    Outcome<fast::Runner> created =
        fast::Runner::create(opened.value(), {.pool = kPool.value().get(), .slots = slots.get()});
    if (created.ok()) {
        fill_inputs(created.value(), 1);
        created.value().run();
    }
}

}  // namespace

void run_plan(std::span<const std::byte> bytes) {
    if (bytes.size() > kMostBytes) {
        return;
    }
    run_tiny(bytes);
    run_tiny(with_lone_arena(bytes));
    run_fast(bytes, 0);
    run_fast(bytes, cpu::here());
}

}  // namespace verge::fuzz
