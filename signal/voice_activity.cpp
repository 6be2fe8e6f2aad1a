// Energy over an adaptive noise floor, with a hangover.

#include "signal/voice_activity.hpp"

#include <algorithm>

namespace verge::signal {
namespace {

constexpr std::uint32_t kLeastFloor = 64;  // a mean square of 4: below it microphones only guess
constexpr int kFallShift = 2;
constexpr int kRiseShift = 6;
constexpr std::uint32_t kSamplesPerMs = 16;

/// The mean square around the mean, in 1/16; limited to 32 bits (what is louder is loud enough).
std::uint32_t energy_of(std::uint64_t squares, std::int32_t sum) noexcept {
    constexpr auto kCount = static_cast<std::int32_t>(kGateBlock);
    const std::int32_t mean = sum / kCount;
    const std::int64_t correction = std::int64_t{mean} * (2 * sum - mean * kCount);
    const std::uint64_t around_mean = squares - static_cast<std::uint64_t>(correction);
    constexpr std::uint32_t kBlock = kGateBlock;
    if (around_mean < (std::uint64_t{1} << 28U)) {
        return static_cast<std::uint32_t>(around_mean) * 16U / kBlock;
    }
    const std::uint32_t mean_square = static_cast<std::uint32_t>(around_mean >> 7U) / kBlock * 128U;
    return mean_square < (1U << 28U) ? mean_square * 16U : UINT32_MAX;
}

}  // namespace

void VoiceActivity::reset(const GateSettings& settings) noexcept {
    settings_ = settings;
    squares_ = 0;
    sum_ = 0;
    filled_ = 0;
    open_samples_ = settings.hangover_ms * kSamplesPerMs;
    level_ = 0;
    floor_ = 0;
}

void VoiceActivity::push(std::span<const std::int16_t> samples) noexcept {
    while (!samples.empty()) {
        const std::size_t count = std::min<std::size_t>(samples.size(), kGateBlock - filled_);
        for (const std::int32_t sample : samples.first(count)) {
            squares_ += static_cast<std::uint32_t>(sample * sample);
            sum_ += sample;
        }
        filled_ += static_cast<std::uint32_t>(count);
        samples = samples.subspan(count);
        if (filled_ == kGateBlock) {
            finish_block();
        }
    }
}

void VoiceActivity::finish_block() noexcept {
    level_ = energy_of(squares_, sum_);
    squares_ = 0;
    sum_ = 0;
    filled_ = 0;
    if (floor_ == 0) {
        floor_ = std::max(level_, kLeastFloor);  // the first block
    }
    const bool is_loud =
        std::uint64_t{level_} * 4U > std::uint64_t{floor_} * std::uint64_t{settings_.ratio};
    if (is_loud) {
        open_samples_ = settings_.hangover_ms * kSamplesPerMs;
    } else {
        open_samples_ -= std::min<std::uint32_t>(open_samples_, kGateBlock);
    }
    if (level_ < floor_) {
        floor_ = std::max(floor_ - ((floor_ - level_) >> kFallShift), kLeastFloor);
    } else {
        floor_ += std::min(level_ - floor_, floor_ >> kRiseShift);
    }
}

}  // namespace verge::signal
