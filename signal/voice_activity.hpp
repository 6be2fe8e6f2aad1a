#pragma once
// A gate before the network: is there more sound than the room makes by itself? Costs a multiply a
// sample. Integers only; the same bits on a microcontroller and on a host.

#include <cstddef>
#include <cstdint>
#include <span>

namespace verge::signal {

/// The gate opens for a block whose energy is above `ratio` / 4 times the noise floor, and closes
/// `hangover_ms` after the last such block.
struct GateSettings {
    std::uint8_t ratio;         // 4: every sound above the floor; 0: the gate is always open
    std::uint16_t hangover_ms;  // at least the window of the network and its smoothing
};

inline constexpr std::size_t kGateBlock = 320;  // samples: 20 ms at 16 kHz

/// One stream's gate. The noise floor falls to a quieter block at once by a quarter of the
/// difference, and rises by 1/64 a block (3.4 dB a second), so that speech does not lift it but a
/// fan that starts does. The gate begins open, for the floor is not known yet.
class VoiceActivity {
public:
    void reset(const GateSettings& settings) noexcept;

    /// Takes all samples, however they are cut.
    void push(std::span<const std::int16_t> samples) noexcept;

    [[nodiscard]] bool is_open() const noexcept {
        return settings_.ratio == 0 || open_samples_ != 0;
    }

    /// The mean square around the mean of the last block, and that of the room, in 1/16 of a
    /// squared step; limited to 2^32 - 1, which is a sine of 0.7 of full scale.
    [[nodiscard]] std::uint32_t level() const noexcept { return level_; }

    [[nodiscard]] std::uint32_t floor() const noexcept { return floor_; }

private:
    void finish_block() noexcept;

    GateSettings settings_;
    std::uint64_t squares_;       // of the block so far
    std::int32_t sum_;            // of the block so far
    std::uint32_t filled_;        // samples of the block so far
    std::uint32_t open_samples_;  // how long the gate stays open yet
    std::uint32_t level_;
    std::uint32_t floor_;
};

}  // namespace verge::signal
