#pragma once
// Times of repeated runs, and what people want to know of them.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace verge::apps {

struct TimingSummary {
    double median_ms = 0;
    double min_ms = 0;
    double p90_ms = 0;
    double p99_ms = 0;
};

/// Percentiles by nearest rank: a value that was measured, never one between two. Precondition: not
/// empty.
[[nodiscard]] TimingSummary summarise(std::vector<std::uint64_t> times_ns);

}  // namespace verge::apps
