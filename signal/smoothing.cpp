// The moving averages are kept as sums over a ring; a frame costs two additions per class.

#include "signal/smoothing.hpp"

#include <algorithm>

namespace verge::signal {

void Smoother::reset(const SmoothingSettings& settings, std::span<std::uint8_t> history) noexcept {
    settings_ = settings;
    history_ = history.data();
    std::fill_n(history_, history_bytes(settings), std::uint8_t{0});
    sums_.fill(0);
    decided_ms_ = 0;
    filled_ = 0;
    next_ = 0;
    held_ = kMaxClasses;
    suppressed_ = false;
}

Decision Smoother::push(std::span<const std::int8_t> posteriors, std::uint32_t time_ms) noexcept {
    for (std::size_t label = 0; label < settings_.classes; ++label) {
        replace_oldest(label, static_cast<std::uint8_t>(posteriors[label] + 128));
    }
    return finish_frame(time_ms);
}

Decision Smoother::push(std::span<const std::uint8_t> posteriors, std::uint32_t time_ms) noexcept {
    for (std::size_t label = 0; label < settings_.classes; ++label) {
        replace_oldest(label, posteriors[label]);
    }
    return finish_frame(time_ms);
}

Decision Smoother::push_nothing(std::uint32_t time_ms) noexcept {
    for (std::size_t label = 0; label < settings_.classes; ++label) {
        replace_oldest(label, 0);
    }
    return finish_frame(time_ms);
}

std::uint8_t Smoother::average(std::size_t label) const noexcept {
    return filled_ == 0 ? std::uint8_t{0} : static_cast<std::uint8_t>(sums_[label] / filled_);
}

void Smoother::replace_oldest(std::size_t label, std::uint8_t score) noexcept {
    std::uint8_t& oldest = history_[std::size_t{next_} * settings_.classes + label];
    sums_[label] = static_cast<std::uint16_t>(sums_[label] - oldest + score);
    oldest = score;
}

bool Smoother::may_decide_for(std::size_t label) const noexcept {
    const bool is_quiet = ((settings_.quiet_classes >> label) & 1) != 0;
    return !is_quiet && label != held_ && average(label) >= settings_.triggers[label].threshold;
}

Decision Smoother::finish_frame(std::uint32_t time_ms) noexcept {
    next_ = next_ + 1 == settings_.frames ? std::uint8_t{0} : static_cast<std::uint8_t>(next_ + 1);
    filled_ = filled_ == settings_.frames ? filled_ : static_cast<std::uint8_t>(filled_ + 1);
    if (held_ < kMaxClasses && average(held_) < settings_.triggers[held_].release) {
        held_ = kMaxClasses;
    }
    suppressed_ = suppressed_ && time_ms - decided_ms_ < settings_.suppression_ms;
    const bool is_ready = !suppressed_ && filled_ >= settings_.minimum_frames;
    std::size_t strongest = 0;
    std::size_t decided = kMaxClasses;
    for (std::size_t label = 0; label < settings_.classes; ++label) {
        strongest = sums_[label] > sums_[strongest] ? label : strongest;
        const bool leads = decided == kMaxClasses || sums_[label] > sums_[decided];
        decided = is_ready && leads && may_decide_for(label) ? label : decided;
    }
    const bool is_new = decided != kMaxClasses;
    if (is_new) {
        decided_ms_ = time_ms;
        held_ = static_cast<std::uint8_t>(decided);
        suppressed_ = true;
    }
    const std::size_t label = is_new ? decided : strongest;
    return {time_ms, static_cast<std::uint8_t>(label), average(label), is_new};
}

}  // namespace verge::signal
