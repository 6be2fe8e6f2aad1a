// Frames are quantised as they come; only what depends on the loudest sample of the window waits.

#include "signal/feature_window.hpp"

#include <algorithm>

namespace verge::signal {

std::int8_t quantise(std::int32_t value, const FeatureScale& scale) noexcept {
    const std::int64_t product = std::int64_t{value} * scale.multiplier;
    const auto rounded = static_cast<std::int32_t>(
        (product + (std::int64_t{1} << (scale.shift - 1))) >> scale.shift);
    return static_cast<std::int8_t>(
        std::clamp<std::int32_t>(rounded + scale.zero_point, INT8_MIN, INT8_MAX));
}

void FeatureWindow::start(const FeatureSource& source,
                          const FeatureScale& scale,
                          std::uint32_t frames,
                          std::span<std::byte> memory) noexcept {
    source_ = &source;
    scale_ = source.fixed.multiplier != 0 ? source.fixed : scale;
    frames_ = frames;
    count_ = 0;
    next_ = 0;
    state_ = memory.data();
    scratch_ = state_ + align8(source.state_bytes);
    std::byte* rest = scratch_ + align8(source.scratch_bytes);
    if (source.normalise != nullptr) {
        loudness_ = reinterpret_cast<Loudness*>(rest);
        std::fill_n(loudness_, frames, Loudness{});
        rest += frames * sizeof(Loudness);
    }
    ring_ = reinterpret_cast<std::int8_t*>(rest);
    std::fill_n(ring_, frames * source.features, scale_.zero_point);
    source.reset(state_);
}

Taken FeatureWindow::push(std::span<const std::int16_t> pcm) noexcept {
    const Taken taken = source_->push(state_, pcm, scratch_, frame_);
    if (taken.frame) {
        keep_frame();
    }
    return taken;
}

void FeatureWindow::keep_frame() noexcept {
    std::int8_t* into = ring_ + next_ * source_->features;
    for (std::uint32_t i = 0; i < source_->features; ++i) {
        into[i] = quantise(frame_.values[i], scale_);
    }
    if (loudness_ != nullptr) {
        loudness_[next_] = {frame_.values[0], frame_.peak};
    }
    next_ = next_ + 1 == frames_ ? 0 : next_ + 1;
    ++count_;
}

void FeatureWindow::write(std::span<std::int8_t> input) const noexcept {
    const std::uint32_t older = (frames_ - next_) * source_->features;
    const std::uint32_t newer = next_ * source_->features;
    std::copy_n(ring_ + newer, older, input.begin());
    std::copy_n(ring_, newer, input.begin() + older);
    if (loudness_ != nullptr) {
        normalise(input);
    }
}

void FeatureWindow::normalise(std::span<std::int8_t> input) const noexcept {
    std::int16_t peak = 1;
    for (std::uint32_t i = 0; i < frames_; ++i) {
        peak = std::max(peak, loudness_[i].peak);
    }
    const std::uint32_t present = std::min(count_, frames_);
    for (std::uint32_t i = frames_ - present; i < frames_; ++i) {
        const std::uint32_t at = next_ + i < frames_ ? next_ + i : next_ + i - frames_;
        const std::int16_t value = source_->normalise(loudness_[at].feature0, peak);
        input[i * source_->features] = quantise(value, scale_);
    }
}

}  // namespace verge::signal
