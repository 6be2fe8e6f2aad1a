#pragma once
// From a stream of samples to the int8 input of a model: any front end, and a ring of the last
// frames. Integers only, the caller's memory, the same bits everywhere.

#include <cstddef>
#include <cstdint>
#include <span>

#include "signal/feature_source.hpp"

namespace verge::signal {

/// One stream. Plain data, but it holds the addresses of its memory: do not copy it while in use.
class FeatureWindow {
public:
    /// What start() needs for windows of `frames` frames.
    [[nodiscard]] static constexpr std::uint32_t bytes(const FeatureSource& source,
                                                       std::uint32_t frames) {
        const std::uint32_t extra = source.normalise == nullptr ? 0 : sizeof(Loudness);
        return align8(source.state_bytes) + align8(source.scratch_bytes) +
               frames * (source.features + extra);
    }

    /// Forgets everything. Preconditions: frames > 0, memory.size() >= bytes(source, frames),
    /// memory aligned to 8; source and memory outlive the window.
    void start(const FeatureSource& source,
               const FeatureScale& scale,
               std::uint32_t frames,
               std::span<std::byte> memory) noexcept;

    /// Takes samples until a frame is complete or `pcm` is used up.
    Taken push(std::span<const std::int16_t> pcm) noexcept;

    /// How many frames were complete so far; wraps around after a year.
    [[nodiscard]] std::uint32_t frames() const { return count_; }

    /// The last frames as the model takes them, oldest first; frames that have not been yet are
    /// zero_point. Precondition: input.size() = frames x features.
    void write(std::span<std::int8_t> input) const noexcept;

    /// The features of the last frame, for pictures.
    [[nodiscard]] const FeatureVector& last() const { return frame_; }

    [[nodiscard]] const FeatureSource& source() const { return *source_; }

private:
    /// What cannot be quantised before the window's peak is known.
    struct Loudness {
        std::int16_t feature0;
        std::int16_t peak;
    };

    static constexpr std::uint32_t align8(std::uint32_t bytes) { return (bytes + 7U) & ~7U; }

    void keep_frame() noexcept;
    void normalise(std::span<std::int8_t> input) const noexcept;

    const FeatureSource* source_ = nullptr;
    FeatureScale scale_{};
    std::uint32_t frames_ = 0;
    std::uint32_t count_ = 0;
    std::uint32_t next_ = 0;  // the slot of the oldest frame, which the next one replaces
    std::byte* state_ = nullptr;
    std::byte* scratch_ = nullptr;
    Loudness* loudness_ = nullptr;
    std::int8_t* ring_ = nullptr;
    FeatureVector frame_{};
};

}  // namespace verge::signal
