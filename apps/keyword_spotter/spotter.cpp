#include "apps/keyword_spotter/spotter.hpp"

#include <cstring>

namespace verge::spotter {
namespace {

constexpr std::uint32_t kSamplesPerMs = signal::kSampleRateHz / 1000;

bool is_port(const plan::View& plan, std::size_t index, bool is_output) {
    return index < plan.ports().size() && (plan.ports()[index].is_output != 0) == is_output &&
           plan.tensors()[plan.ports()[index].tensor].type == plan::Type::s8;
}

}  // namespace

Fault Spotter::start(tiny::Runner& runner, const Settings& settings) {
    const plan::View& plan = runner.plan();
    if (!is_port(plan, 0, false) || !is_port(plan, 1, true)) {
        return {Status::operator_shapes, 0};
    }
    const std::size_t inputs = runner.port(0).size();
    window_frames_ = static_cast<std::uint32_t>(inputs / signal::kFeatures);
    if (inputs % signal::kFeatures != 0 || window_frames_ == 0 || window_frames_ > kMaxFrames) {
        return {Status::operator_shapes, static_cast<std::uint32_t>(inputs)};
    }
    const bool is_sound = signal::are_usable(settings.smoothing) && settings.stride_frames > 0 &&
                          signal::history_bytes(settings.smoothing) <= history_.size() &&
                          runner.port(1).size() == settings.smoothing.classes;
    if (!is_sound) {
        return {Status::operator_attributes, settings.smoothing.classes};
    }
    runner_ = &runner;
    settings_ = settings;
    frames_ = 0;
    samples_ = 0;
    is_lit_ = false;
    frontend_.reset();
    smoother_.reset(settings_.smoothing, history_);
    gate_.reset(settings_.gate);
    return kOk;
}

signal::Taken Spotter::push(std::span<const std::int16_t> pcm, Heard& heard) noexcept {
    std::size_t used = 0;
    while (used < pcm.size()) {
        const signal::Taken taken = frontend_.push(pcm.subspan(used), scratch_, frame_);
        gate_.push(pcm.subspan(used, taken.samples));
        used += taken.samples;
        samples_ += static_cast<std::uint32_t>(taken.samples);
        if (!taken.frame) {
            continue;
        }
        take_frame();
        if (is_due()) {
            infer(heard);
            return {used, true};
        }
    }
    return {used, false};
}

void Spotter::take_frame() noexcept {
    ring_[frames_ % window_frames_] = frame_.quantised;
    ++frames_;
}

bool Spotter::is_due() const noexcept {
    return frames_ >= window_frames_ && (frames_ - window_frames_) % settings_.stride_frames == 0;
}

/// The ring is copied into the model's input, oldest frame first.
signal::Decision Spotter::decide(std::uint32_t time_ms) noexcept {
    std::byte* input = runner_->port(0).data();
    for (std::uint32_t i = 0; i < window_frames_; ++i) {
        std::memcpy(input + i * signal::kFeatures, ring_[(frames_ + i) % window_frames_].data(),
                    signal::kFeatures);
    }
    runner_->run();
    const auto* posteriors = reinterpret_cast<const std::int8_t*>(runner_->port(1).data());
    return smoother_.push(std::span(posteriors, settings_.smoothing.classes), time_ms);
}

void Spotter::infer(Heard& heard) noexcept {
    heard.time_ms = samples_ / kSamplesPerMs;
    heard.is_awake = gate_.is_open();
    heard.decision = heard.is_awake ? decide(heard.time_ms) : smoother_.push_nothing(heard.time_ms);
    const bool was_lit = is_lit_;
    if (heard.decision.is_new && heard.decision.label == settings_.switches_on) {
        is_lit_ = true;
    } else if (heard.decision.is_new && heard.decision.label == settings_.switches_off) {
        is_lit_ = false;
    }
    heard.is_lit = is_lit_;
    heard.has_switched = is_lit_ != was_lit;
    for (std::size_t label = 0; label < settings_.smoothing.classes; ++label) {
        heard.averages[label] = smoother_.average(label);
    }
}

}  // namespace verge::spotter
