#pragma once
// A spotter that is ready to listen on this machine: the model, its memory, its labels.
// Hosted.

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "apps/keyword_spotter/listening.hpp"
#include "base/outcome.hpp"

namespace verge::spotter {

/// Runs a model with the tiny runtime: the same code as the firmware. Move-only.
class Ear {
public:
    /// An Error when the model was not made for this machine, or its settings do not fit it.
    static Outcome<Ear> open(const Model& model);

    Ear(Ear&&) noexcept;
    Ear& operator=(Ear&&) noexcept;
    Ear(const Ear&) = delete;
    Ear& operator=(const Ear&) = delete;
    ~Ear();

    /// Hears all samples; `on_heard` is called for each turn of the network.
    void push(std::span<const std::int16_t> samples,
              const std::function<void(const Heard&)>& on_heard);

    /// As if nothing had been heard yet.
    void restart();

    [[nodiscard]] const Model& model() const;

    /// The energy of the last 20 ms and of the room, as signal::VoiceActivity counts them.
    [[nodiscard]] const signal::VoiceActivity& gate() const;

private:
    struct State;
    explicit Ear(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace verge::spotter
