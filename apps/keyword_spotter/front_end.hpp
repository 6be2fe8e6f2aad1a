#pragma once
// Brings a model, its front end and its settings together: what the plan says of its input and
// output decides what the settings leave open. Hosted.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "apps/keyword_spotter/spotter.hpp"
#include "base/outcome.hpp"
#include "plan/plan.hpp"
#include "signal/feature_sources.hpp"

namespace verge::spotter {

/// A model with all that the spotter needs to know of it.
struct Model {
    std::string path;
    std::vector<std::string> labels;
    Settings settings;
    const signal::NamedSource* front_end = signal::kFeatureSources.data();
    std::uint32_t window_frames = 0;    // of the model's input
    std::vector<std::byte> plan;        // for this machine
    bool streams = false;               // the settings ask for it
    std::int64_t most_state_bytes = 0;  // that a streamed model keeps; 0: all that helps
};

/// The classes that stand for no word: silence, unknown words, other sounds.
[[nodiscard]] std::uint16_t quiet_labels(const std::vector<std::string>& labels);

/// What the plan says of the model where nothing else does: its metadata `front_end`, and `labels`
/// parted by commas (`verge compile --metadata` writes them).
struct PlanNotes {
    std::string front_end;
    std::vector<std::string> labels;
};

[[nodiscard]] PlanNotes notes_of(const plan::View& plan);

/// The model as the plan has it: names "class 0".. where it has none; the scale and the frames of
/// its input; and, where settings.stride_frames is 0, a stride: all frames of the input for a model
/// that keeps a state of its own (it must hear each frame once), else 40 ms. The Error says what of
/// input, output or labels does not fit.
Outcome<Model> fit_model(Model model, const plan::View& plan);

}  // namespace verge::spotter
