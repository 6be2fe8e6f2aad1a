#pragma once
// Time is passed in, so that tests do not wait for it.

#include <cstdint>

namespace verge::platform {

/// A plug point: the machine's clock, or one that a test winds by hand.
class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    /// Nanoseconds since some fixed moment; never goes back.
    [[nodiscard]] virtual std::uint64_t now_ns() const = 0;
};

/// CLOCK_MONOTONIC.
class MonotonicClock final : public Clock {
public:
    [[nodiscard]] std::uint64_t now_ns() const override;
};

}  // namespace verge::platform
