#pragma once
// A pool of fixed workers for the tiles of one step: the caller works too, and a run that fits one
// worker costs a function call.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/outcome.hpp"

namespace verge::platform {

/// Computes tiles [first, last). `worker` is below worker_count() and no two calls with the same
/// one overlap: it names the scratch to use. Must not throw, and must not call run().
using TileFunction = void (*)(void* context,
                              unsigned worker,
                              std::uint32_t first,
                              std::uint32_t last);

/// Workers 1.. are threads; worker 0 is whoever calls run(). One run at a time.
class ThreadPool {
public:
    static constexpr unsigned kMostWorkers = 256;

    /// `workers` counts the caller: 1 starts no thread, 0 means core_count().
    [[nodiscard]] static Outcome<std::unique_ptr<ThreadPool>> create(unsigned workers);

    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;
    ~ThreadPool();

    [[nodiscard]] unsigned worker_count() const {
        return static_cast<unsigned>(threads_.size()) + 1;
    }

    /// Calls `function` until each of the tiles [0, tile_count) was computed once, and returns
    /// then: all it wrote is visible. A call gets at most `grain` (at least 1) tiles; with one
    /// worker, or no more tiles than that, one call on worker 0 gets them all, in order. Never
    /// waits for a worker that did not take a tile, so a sleeping one costs nothing.
    void run(std::uint32_t tile_count,
             std::uint32_t grain,
             TileFunction function,
             void* context) noexcept;

private:
    struct Job {
        std::uint32_t tile_count;
        std::uint32_t grain;
        TileFunction function;
        void* context;
    };

    struct Claim {
        Job job;
        std::uint32_t first;
        std::uint32_t last;
    };

    ThreadPool() = default;

    void publish(const Job& job) noexcept;
    [[nodiscard]] Job read_job() const noexcept;
    bool claim(Claim& taken) noexcept;
    void work(unsigned worker) noexcept;
    void finish(std::uint32_t tiles, std::uint32_t of) noexcept;
    void serve(unsigned worker) noexcept;
    [[nodiscard]] bool wait_for_work(std::uint32_t seen) noexcept;
    void wait_for_tiles(std::uint32_t tile_count) noexcept;
    [[nodiscard]] std::uint32_t generation() const noexcept;

    // The ticket holds the run's number (high half) and how many of its tiles nobody has taken (low
    // half). A worker reads the job, then takes tiles by compare-and-swap on the ticket: success
    // proves that the run it read was still going on, so a late worker can never mix two runs.
    std::atomic<std::uint64_t> ticket_{0};
    std::atomic<std::uint32_t> tile_count_{0};
    std::atomic<std::uint32_t> grain_{1};
    std::atomic<TileFunction> function_{nullptr};
    std::atomic<void*> context_{nullptr};
    std::atomic<std::uint32_t> finished_{0};

    std::atomic<bool> stop_{false};
    std::atomic<unsigned> sleepers_{0};
    std::atomic<bool> caller_sleeps_{false};
    std::mutex lock_;
    std::condition_variable work_arrived_;
    std::condition_variable tiles_finished_;
    std::vector<std::thread> threads_;
};

}  // namespace verge::platform
