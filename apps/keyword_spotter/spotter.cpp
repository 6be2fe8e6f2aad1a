#include "apps/keyword_spotter/spotter.hpp"

#include "apps/keyword_spotter/posteriors.hpp"

namespace verge::spotter {
namespace {

constexpr std::uint32_t kSamplesPerMs = signal::kSampleRateHz / 1000;

bool is_port(const plan::View& plan, std::size_t index, bool is_output) {
    return index < plan.ports().size() && (plan.ports()[index].is_output != 0) == is_output;
}

plan::Type type_of(const plan::View& plan, std::size_t port) {
    return plan.tensors()[plan.ports()[port].tensor].type;
}

}  // namespace

Fault Spotter::start(tiny::Runner& runner,
                     const signal::FeatureSource& source,
                     const Settings& settings,
                     std::span<std::byte> memory) {
    const plan::View& plan = runner.plan();
    if (!is_port(plan, 0, false) || !is_port(plan, 1, true) || type_of(plan, 0) != plan::Type::s8 ||
        !is_posterior(type_of(plan, 1))) {
        return {Status::operator_shapes, 0};
    }
    const std::size_t inputs = runner.port(0).size();
    window_frames_ = static_cast<std::uint32_t>(inputs / source.features);
    if (inputs % source.features != 0 || window_frames_ == 0 || window_frames_ > kMaxFrames) {
        return {Status::operator_shapes, static_cast<std::uint32_t>(inputs)};
    }
    if (memory.size() < memory_bytes(source, window_frames_)) {
        return {Status::arena_small, memory_bytes(source, window_frames_)};
    }
    output_type_ = type_of(plan, 1);
    const std::size_t outputs = runner.port(1).size() / plan::element_bytes(output_type_);
    const bool is_sound = signal::are_usable(settings.smoothing) && settings.stride_frames > 0 &&
                          signal::history_bytes(settings.smoothing) <= history_.size() &&
                          outputs == settings.smoothing.classes;
    if (!is_sound) {
        return {Status::operator_attributes, settings.smoothing.classes};
    }
    runner_ = &runner;
    settings_ = settings;
    time_ms_ = 0;
    part_of_ms_ = 0;
    is_lit_ = false;
    window_.start(source, settings.scale, window_frames_, memory);
    smoother_.reset(settings_.smoothing, history_);
    // A network with a state of its own must hear every frame.
    const bool may_sleep = plan.memory().state_bytes == 0;
    gate_.reset({may_sleep ? settings_.gate.ratio : std::uint8_t{0}, settings_.gate.hangover_ms});
    return kOk;
}

signal::Taken Spotter::push(std::span<const std::int16_t> pcm, Heard& heard) noexcept {
    std::size_t used = 0;
    while (used < pcm.size()) {
        const signal::Taken taken = window_.push(pcm.subspan(used));
        gate_.push(pcm.subspan(used, taken.samples));
        used += taken.samples;
        part_of_ms_ += static_cast<std::uint32_t>(taken.samples);
        time_ms_ += part_of_ms_ / kSamplesPerMs;
        part_of_ms_ %= kSamplesPerMs;
        if (!taken.frame) {
            continue;
        }
        if (is_due()) {
            infer(heard);
            return {used, true};
        }
        if (is_filling()) {
            run();
        }
    }
    return {used, false};
}

/// The first inference is that of the first whole window.
bool Spotter::is_due() const noexcept {
    const std::uint32_t first = std::max(window_frames_, settings_.window_frames);
    const std::uint32_t frames = window_.frames();
    return frames >= first && (frames - first) % settings_.stride_frames == 0;
}

/// A streamed model takes the frames before that, too, in the same steps; it says nothing of them.
bool Spotter::is_filling() const noexcept {
    const std::uint32_t frames = window_.frames();
    return frames < settings_.window_frames &&
           (settings_.window_frames - frames) % settings_.stride_frames == 0;
}

void Spotter::run() noexcept {
    const std::span<std::byte> input = runner_->port(0);
    window_.write({reinterpret_cast<std::int8_t*>(input.data()), input.size()});
    runner_->run();
}

signal::Decision Spotter::decide(std::uint32_t time_ms) noexcept {
    run();
    std::array<std::uint8_t, signal::kMaxClasses> scores;
    const auto classes = std::span(scores).first(settings_.smoothing.classes);
    scores_of(runner_->port(1), output_type_, classes);
    return smoother_.push(std::span<const std::uint8_t>(classes), time_ms);
}

void Spotter::infer(Heard& heard) noexcept {
    heard.time_ms = time_ms_;
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
