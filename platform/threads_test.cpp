// The thread pool: every tile once, scratch of a worker never shared, results visible afterwards.
// Run under the thread sanitizer too (preset tsan).

#include "platform/threads.hpp"

#include <chrono>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace verge::platform {
namespace {

/// Counts how often each tile was computed, and catches two calls of one worker at a time.
struct Tally {
    explicit Tally(std::uint32_t tiles) : times(tiles, 0) {}

    std::vector<std::uint32_t> times;  // plain memory: the sanitizer sees any overlap
    std::vector<std::uint32_t> scratch = std::vector<std::uint32_t>(ThreadPool::kMostWorkers, 0);
    std::atomic<std::uint32_t> largest_call{0};

    static void tile(void* context, unsigned worker, std::uint32_t first, std::uint32_t last) {
        Tally& self = *static_cast<Tally*>(context);
        for (std::uint32_t i = first; i < last; ++i) {
            ++self.times[i];
            ++self.scratch[worker];
        }
        std::uint32_t seen = self.largest_call.load();
        while (seen < last - first &&
               !self.largest_call.compare_exchange_weak(seen, last - first)) {
        }
    }
};

TEST(ThreadPool, ComputesEachTileOnceForAnyCountGrainAndWorkers) {
    for (const unsigned workers : {1U, 2U, 3U, 8U}) {
        const auto pool = ThreadPool::create(workers).value();
        ASSERT_EQ(pool->worker_count(), workers);
        for (const std::uint32_t tiles : {0U, 1U, 2U, 7U, 64U, 1001U}) {
            for (const std::uint32_t grain : {1U, 3U, 64U, 5000U}) {
                Tally tally(tiles);
                pool->run(tiles, grain, &Tally::tile, &tally);
                EXPECT_EQ(tally.times, std::vector<std::uint32_t>(tiles, 1));
                EXPECT_EQ(std::accumulate(tally.scratch.begin(), tally.scratch.end(), 0U), tiles);
                if (workers > 1) {
                    EXPECT_LE(tally.largest_call.load(), grain);
                }
            }
        }
    }
}

TEST(ThreadPool, KeepsQuickRunsApart) {
    const auto pool = ThreadPool::create(4).value();
    for (std::uint32_t round = 0; round < 20000; ++round) {
        const std::uint32_t tiles = 2 + round % 5;
        Tally tally(tiles);
        pool->run(tiles, 1, &Tally::tile, &tally);
        ASSERT_EQ(tally.times, std::vector<std::uint32_t>(tiles, 1)) << "round " << round;
    }
}

TEST(ThreadPool, WakesWorkersThatFellAsleep) {
    const auto pool = ThreadPool::create(3).value();
    for (int round = 0; round < 20; ++round) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        Tally tally(100);
        pool->run(100, 1, &Tally::tile, &tally);
        ASSERT_EQ(tally.times, std::vector<std::uint32_t>(100, 1));
    }
}

/// Tile 0 waits until the other tile was begun: ends only when two workers take part.
struct Rendezvous {
    std::atomic<int> arrived{0};

    static void tile(void* context,
                     unsigned /*worker*/,
                     std::uint32_t /*first*/,
                     std::uint32_t /*last*/) {
        auto& self = *static_cast<Rendezvous*>(context);
        self.arrived.fetch_add(1);
        while (self.arrived.load() < 2) {
            std::this_thread::yield();
        }
    }
};

TEST(ThreadPool, RunsTilesAtTheSameTime) {
    const auto pool = ThreadPool::create(2).value();
    for (int round = 0; round < 50; ++round) {
        Rendezvous meeting;
        pool->run(2, 1, &Rendezvous::tile, &meeting);
        EXPECT_EQ(meeting.arrived.load(), 2);
    }
}

struct Order {
    std::vector<std::uint32_t> tiles;

    static void tile(void* context, unsigned worker, std::uint32_t first, std::uint32_t last) {
        EXPECT_EQ(worker, 0U);
        for (std::uint32_t i = first; i < last; ++i) {
            static_cast<Order*>(context)->tiles.push_back(i);
        }
    }
};

TEST(ThreadPool, GivesOneWorkerAllTilesInOrder) {
    const auto pool = ThreadPool::create(1).value();
    Order order;
    pool->run(100, 7, &Order::tile, &order);
    std::vector<std::uint32_t> expected(100);
    std::iota(expected.begin(), expected.end(), 0U);
    EXPECT_EQ(order.tiles, expected);
}

TEST(ThreadPool, RefusesAnAbsurdNumberOfThreads) {
    EXPECT_EQ(ThreadPool::create(1000).error().message(),
              "1000 threads are asked for; wanted: at most 256");
    EXPECT_GE(ThreadPool::create(0).value()->worker_count(), 1U);
}

}  // namespace
}  // namespace verge::platform
