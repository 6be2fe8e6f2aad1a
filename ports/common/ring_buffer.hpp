#pragma once
// The ring between a microphone driver and the firmware: one writer (an interrupt), one reader.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

namespace verge::board {

/// Holds up to `Capacity` - 1 samples; Capacity is a power of two. The writer never waits: samples
/// that find no room are dropped and counted.
template <std::size_t Capacity>
class RingBuffer {
    static_assert((Capacity & (Capacity - 1)) == 0);

public:
    /// From the driver. Returns how many samples found room.
    std::size_t write(std::span<const std::int16_t> samples) noexcept {
        std::size_t written = 0;
        for (const std::int16_t sample : samples) {
            const std::uint32_t head = head_.load(std::memory_order_relaxed);
            if (head - tail_.load(std::memory_order_acquire) == Capacity - 1) {
                const auto lost = static_cast<std::uint32_t>(samples.size() - written);
                dropped_.store(dropped_.load(std::memory_order_relaxed) + lost,
                               std::memory_order_relaxed);
                break;
            }
            samples_[head % Capacity] = sample;
            head_.store(head + 1, std::memory_order_release);
            ++written;
        }
        return written;
    }

    /// The oldest samples that lie in one piece; valid until release().
    [[nodiscard]] std::span<const std::int16_t> peek() const noexcept {
        const std::uint32_t tail = tail_.load(std::memory_order_relaxed);
        const std::uint32_t count = head_.load(std::memory_order_acquire) - tail;
        const std::size_t until_end = Capacity - tail % Capacity;
        return {samples_.data() + tail % Capacity, count < until_end ? count : until_end};
    }

    /// The reader is done with the first `count` samples of peek().
    void release(std::size_t count) noexcept {
        tail_.store(tail_.load(std::memory_order_relaxed) + static_cast<std::uint32_t>(count),
                    std::memory_order_release);
    }

    [[nodiscard]] std::uint32_t dropped() const noexcept {
        return dropped_.load(std::memory_order_relaxed);
    }

private:
    std::array<std::int16_t, Capacity> samples_;
    std::atomic<std::uint32_t> head_{0};
    std::atomic<std::uint32_t> tail_{0};
    std::atomic<std::uint32_t> dropped_{0};  // written by the writer alone
};

}  // namespace verge::board
