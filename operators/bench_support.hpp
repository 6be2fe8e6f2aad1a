#pragma once
// For benchmarks: every kernel of a step, listed with its speed and how it compares to the
// reference.

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "operators/test_support.hpp"

namespace verge::bench {

/// A variant of a step with its memory, ready to be called again and again.
class Ready {
public:
    explicit Ready(test::OneStep::Variant variant)
        : variant_(std::move(variant)),
          memory_(variant_.draft.memory.arena_bytes[0] + 64),
          view_(variant_.draft.view()) {
        bases_[plan::region::constants] = const_cast<std::byte*>(view_.constants().data());
        const auto misaligned = reinterpret_cast<std::uintptr_t>(memory_.data()) % 64;
        bases_[plan::region::arena] = memory_.data() + (64 - misaligned) % 64;
    }

    Ready(const Ready&) = delete;  // the call points into this object
    Ready& operator=(const Ready&) = delete;

    void run() const {
        Call call(view_, view_.steps()[0], &bases_);
        call.set_scratch(view_.steps()[0].scratch_count == 0 ? nullptr : call.planned_scratch());
        variant_.kernel->run(call, {0, variant_.kernel->tiles(call)});
    }

    /// Seconds of this thread, in the fastest of seven runs of 2 ms or more: others may use the
    /// CPU.
    [[nodiscard]] double seconds() const {
        double best = 1e9;
        for (int i = 0; i < 7; ++i) {
            const double start = thread_seconds();
            double taken = 0;
            int runs = 0;
            while (taken < 0.002) {
                run();
                ++runs;
                taken = thread_seconds() - start;
            }
            best = std::min(best, taken / runs);
        }
        return best;
    }

    [[nodiscard]] std::string name() const { return test::name_of(*variant_.kernel); }

private:
    static double thread_seconds() {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
    }

    test::OneStep::Variant variant_;
    std::vector<std::byte> memory_;
    plan::View view_;
    Bases bases_{};
};

/// Registers a benchmark for each kernel of the step; `macs` are those of one run.
inline void add(const std::string& what, const test::OneStep& step, double macs) {
    double reference = 0;
    for (test::OneStep::Variant& variant : step.variants()) {
        const auto ready = std::make_shared<Ready>(std::move(variant));
        reference = reference == 0 ? ready->seconds() : reference;
        const auto body = [ready, macs, reference](benchmark::State& state) {
            for (auto _ : state) {
                ready->run();
            }
            constexpr auto kRate = benchmark::Counter::kIsIterationInvariantRate;
            state.counters["GMAC/s"] = benchmark::Counter(macs / 1e9, kRate);
            state.counters["times_ref"] = benchmark::Counter(reference, kRate);
        };
        benchmark::RegisterBenchmark((what + "/" + ready->name()).c_str(), body);
    }
}

}  // namespace verge::bench
