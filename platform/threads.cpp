// The pool: claims by one atomic ticket, a short spin, then sleep. Whoever is about to sleep says
// so first and looks again; whoever brings work changes the state first and then looks for
// sleepers. Both orders are sequentially consistent, so one of the two always sees the other.

#include "platform/threads.hpp"

#include <algorithm>
#include <cassert>
#include <system_error>

#include "platform/machine.hpp"

namespace verge::platform {
namespace {

constexpr unsigned kGenerationShift = 32;
constexpr int kSpins = 4000;        // some 20 to 100 microseconds: the gap between two steps
constexpr int kSpinsPerYield = 64;  // lets the others on when there are more workers than cores

std::uint32_t high_half(std::uint64_t ticket) {
    return static_cast<std::uint32_t>(ticket >> kGenerationShift);
}

std::uint32_t low_half(std::uint64_t ticket) {
    return static_cast<std::uint32_t>(ticket);
}

/// Looks often for a short while; false: it did not become true.
template <typename Predicate>
bool spin_until(Predicate is_true) {
    for (int spin = 0; spin < kSpins; ++spin) {
        if (is_true()) {
            return true;
        }
        if (spin % kSpinsPerYield == kSpinsPerYield - 1) {
            std::this_thread::yield();
        }
    }
    return false;
}

}  // namespace

Outcome<std::unique_ptr<ThreadPool>> ThreadPool::create(unsigned workers) {
    const unsigned wanted = workers == 0 ? core_count() : workers;
    if (wanted > kMostWorkers) {
        return bad_input(std::to_string(wanted) + " threads are asked for",
                         "at most " + std::to_string(kMostWorkers));
    }
    std::unique_ptr<ThreadPool> pool(new ThreadPool);
    pool->threads_.reserve(wanted - 1);
    try {
        for (unsigned worker = 1; worker < wanted; ++worker) {
            pool->threads_.emplace_back([self = pool.get(), worker] { self->serve(worker); });
        }
    } catch (const std::system_error& problem) {
        return Error{Code::io,
                     "the system gave " + std::to_string(pool->worker_count()) + " of " +
                         std::to_string(wanted) + " threads: " + problem.code().message(),
                     {},
                     "ask for fewer threads"};
    }
    return pool;
}

ThreadPool::~ThreadPool() {
    stop_.store(true);
    {
        const std::lock_guard hold(lock_);
        work_arrived_.notify_all();
    }
    for (std::thread& thread : threads_) {
        thread.join();
    }
}

void ThreadPool::run(std::uint32_t tile_count,
                     std::uint32_t grain,
                     TileFunction function,
                     void* context) noexcept {
    assert(grain > 0 && "a call computes at least one tile");
    if (tile_count == 0) {
        return;
    }
    if (threads_.empty() || tile_count <= grain) {
        function(context, 0, 0, tile_count);
        return;
    }
    publish({tile_count, grain, function, context});
    work(0);
    wait_for_tiles(tile_count);
}

void ThreadPool::publish(const Job& job) noexcept {
    tile_count_.store(job.tile_count, std::memory_order_relaxed);
    grain_.store(job.grain, std::memory_order_relaxed);
    function_.store(job.function, std::memory_order_relaxed);
    context_.store(job.context, std::memory_order_relaxed);
    finished_.store(0, std::memory_order_relaxed);
    const std::uint64_t next =
        (std::uint64_t{generation() + 1U} << kGenerationShift) | job.tile_count;
    ticket_.store(next);
    if (sleepers_.load() > 0) {
        const std::lock_guard hold(lock_);
        work_arrived_.notify_all();
    }
}

ThreadPool::Job ThreadPool::read_job() const noexcept {
    return {tile_count_.load(std::memory_order_relaxed), grain_.load(std::memory_order_relaxed),
            function_.load(std::memory_order_relaxed), context_.load(std::memory_order_relaxed)};
}

std::uint32_t ThreadPool::generation() const noexcept {
    return high_half(ticket_.load(std::memory_order_acquire));
}

/// Takes the next tiles of the run that is going on; false: none are left.
bool ThreadPool::claim(Claim& taken) noexcept {
    std::uint64_t ticket = ticket_.load(std::memory_order_acquire);
    while (low_half(ticket) != 0) {
        taken.job = read_job();
        const std::uint32_t left = low_half(ticket);
        const std::uint32_t size = std::min(taken.job.grain, left);
        if (ticket_.compare_exchange_weak(ticket, ticket - size, std::memory_order_acq_rel,
                                          std::memory_order_acquire)) {
            taken.first = taken.job.tile_count - left;
            taken.last = taken.first + size;
            return true;
        }
    }
    return false;
}

void ThreadPool::work(unsigned worker) noexcept {
    Claim taken{};
    while (claim(taken)) {
        taken.job.function(taken.job.context, worker, taken.first, taken.last);
        finish(taken.last - taken.first, taken.job.tile_count);
    }
}

void ThreadPool::finish(std::uint32_t tiles, std::uint32_t of) noexcept {
    if (finished_.fetch_add(tiles) + tiles == of && caller_sleeps_.load()) {
        const std::lock_guard hold(lock_);
        tiles_finished_.notify_one();
    }
}

void ThreadPool::serve(unsigned worker) noexcept {
    std::uint32_t seen = 0;
    while (wait_for_work(seen)) {
        seen = generation();
        work(worker);
    }
}

/// Returns when a run other than `seen` was published; false: the pool is going away.
bool ThreadPool::wait_for_work(std::uint32_t seen) noexcept {
    const auto arrived = [&] { return stop_.load() || high_half(ticket_.load()) != seen; };
    if (!spin_until(arrived)) {
        std::unique_lock hold(lock_);
        sleepers_.fetch_add(1);
        work_arrived_.wait(hold, arrived);
        sleepers_.fetch_sub(1);
    }
    return !stop_.load();
}

void ThreadPool::wait_for_tiles(std::uint32_t tile_count) noexcept {
    const auto all_finished = [&] { return finished_.load() == tile_count; };
    if (!spin_until(all_finished)) {
        std::unique_lock hold(lock_);
        caller_sleeps_.store(true);
        tiles_finished_.wait(hold, all_finished);
        caller_sleeps_.store(false);
    }
}

}  // namespace verge::platform
