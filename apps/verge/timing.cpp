#include "apps/verge/timing.hpp"

#include <algorithm>

namespace verge::apps {
namespace {

/// The smallest value that at least `percent` of all values do not exceed.
double percentile(const std::vector<std::uint64_t>& sorted, std::size_t percent) {
    const std::size_t rank = std::max<std::size_t>((sorted.size() * percent + 99) / 100, 1);
    return static_cast<double>(sorted[rank - 1]) * 1e-6;
}

}  // namespace

TimingSummary summarise(std::vector<std::uint64_t> times_ns) {
    std::ranges::sort(times_ns);
    return {percentile(times_ns, 50), percentile(times_ns, 0), percentile(times_ns, 90),
            percentile(times_ns, 99)};
}

}  // namespace verge::apps
