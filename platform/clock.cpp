// The machine's monotonic clock.

#include "platform/clock.hpp"

#include <ctime>

namespace verge::platform {

std::uint64_t MonotonicClock::now_ns() const {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U +
           static_cast<std::uint64_t>(now.tv_nsec);
}

}  // namespace verge::platform
