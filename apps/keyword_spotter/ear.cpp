// What Ear holds must stay where it is: the runner keeps addresses of plan and memory.

#include "apps/keyword_spotter/ear.hpp"

#include "base/cpu_here.hpp"
#include "operators/all_kernels.hpp"
#include "runtime/fast/aligned.hpp"
#include "runtime/fast/plan_file.hpp"

namespace verge::spotter {

struct Ear::State {
    Model model;
    fast::AlignedBytes plan;
    fast::AlignedBytes memory;
    tiny::Runner runner;
    fast::AlignedBytes window;
    Spotter spotter;

    Fault start() {
        return spotter.start(runner, *model.front_end->source, model.settings, window.bytes());
    }
};

Ear::Ear(std::unique_ptr<State> state) : state_(std::move(state)) {}

Ear::Ear(Ear&&) noexcept = default;
Ear& Ear::operator=(Ear&&) noexcept = default;
Ear::~Ear() = default;

Outcome<Ear> Ear::open(const Model& model) {
    auto state = std::make_unique<State>();
    state->model = model;
    state->plan = fast::AlignedBytes(model.plan);
    const auto view = plan::View::open(state->plan.bytes());
    if (!view.ok()) {
        return fast::explain(view.fault(), model.path);
    }
    state->memory = fast::AlignedBytes(tiny::workspace_bytes(view.value()));
    auto runner = tiny::Runner::create(view.value(), {.main = state->memory.bytes()},
                                       {all_kernels(), cpu::here()});
    if (!runner.ok()) {
        return fast::explain(runner.fault(), model.path);
    }
    state->runner = runner.value();
    state->window =
        fast::AlignedBytes(Spotter::memory_bytes(*model.front_end->source, model.window_frames));
    if (const Fault fault = state->start(); !fault.ok()) {
        return fast::explain(fault, model.path);
    }
    return Ear(std::move(state));
}

void Ear::push(std::span<const std::int16_t> samples,
               const std::function<void(const Heard&)>& on_heard) {
    while (!samples.empty()) {
        Heard heard{};
        const signal::Taken taken = state_->spotter.push(samples, heard);
        samples = samples.subspan(taken.samples);
        if (taken.frame) {
            on_heard(heard);
        }
    }
}

void Ear::restart() {
    state_->runner.reset();
    // It started once with these.
    static_cast<void>(state_->start());
}

const Model& Ear::model() const {
    return state_->model;
}

const signal::VoiceActivity& Ear::gate() const {
    return state_->spotter.gate();
}

}  // namespace verge::spotter
