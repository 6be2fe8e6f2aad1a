#include "apps/keyword_spotter/front_end.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "apps/keyword_spotter/posteriors.hpp"
#include "apps/verge/feature_input.hpp"
#include "apps/verge/tensors.hpp"
#include "plan/draft.hpp"

namespace verge::spotter {
namespace {

constexpr std::uint32_t kUsualStride = 640;  // samples: 40 ms

/// Posteriors of integer type must be steps of about 1/256 from 0 on.
bool is_probability(const apps::PortInfo& port) {
    if (port.type == plan::Type::f32) {
        return true;
    }
    const std::int32_t zero = port.type == plan::Type::s8 ? -128 : 0;
    return is_posterior(port.type) && port.zero_point == zero &&
           std::abs(port.scale * 256 - 1) < 0.01F;
}

Done fit_input(Model& model, const apps::PortInfo& input) {
    const signal::FeatureSource& source = *model.front_end->source;
    const std::size_t elements = element_count(input);
    const std::size_t frames = elements / source.features;
    if (input.type != plan::Type::s8 || elements % source.features != 0 || frames == 0 ||
        frames > kMaxFrames) {
        return bad_input(
            "the input is " + describe(input),
            "an int8 input of 1 to " + std::to_string(kMaxFrames) + " frames of " +
                std::to_string(source.features) + " features, which is what '" +
                std::string(model.front_end->name) + "' makes",
            "name the front end that it was trained with: --frontend " + apps::front_end_names());
    }
    model.window_frames = static_cast<std::uint32_t>(frames);
    VERGE_ASSIGN(model.settings.scale, apps::feature_scale(source, input.scale, input.zero_point));
    return done();
}

Done fit_output(Model& model, const apps::PortInfo& output) {
    const std::size_t classes = element_count(output);
    if (!is_probability(output) || classes == 0 || classes > signal::kMaxClasses) {
        return bad_input(
            "the output is " + describe(output) + " of scale " + std::to_string(output.scale),
            "probabilities of 1 to " + std::to_string(signal::kMaxClasses) +
                " classes: int8, uint8 (scale 1/256) or float32",
            "end the model with a softmax or a sigmoid");
    }
    if (model.labels.empty()) {
        for (std::size_t label = 0; label < classes; ++label) {
            model.labels.push_back("class " + std::to_string(label));
        }
        model.settings.smoothing.classes = static_cast<std::uint8_t>(classes);
    }
    if (model.labels.size() != classes) {
        return bad_input("there are " + std::to_string(model.labels.size()) +
                             " labels and the model has " + std::to_string(classes) + " outputs",
                         "one label a line for each output",
                         "take the labels.txt that was written with this model");
    }
    return done();
}

}  // namespace

std::uint16_t quiet_labels(const std::vector<std::string>& labels) {
    constexpr std::array<std::string_view, 7> kQuiet = {
        "silence", "unknown", "_silence_", "_unknown_", "other", "background", "noise"};
    std::uint16_t bits = 0;
    for (std::size_t label = 0; label < labels.size() && label < signal::kMaxClasses; ++label) {
        if (std::ranges::find(kQuiet, labels[label]) != kQuiet.end()) {
            bits = static_cast<std::uint16_t>(bits | 1U << label);
        }
    }
    return bits;
}

PlanNotes notes_of(const plan::View& plan) {
    PlanNotes notes;
    for (const auto& [key, value] : plan::to_draft(plan).metadata) {
        if (key == "front_end") {
            notes.front_end = value;
        } else if (key == "labels") {
            std::string_view rest = value;
            while (!rest.empty()) {
                const std::size_t comma = std::min(rest.find(','), rest.size());
                notes.labels.emplace_back(rest.substr(0, comma));
                rest.remove_prefix(std::min(comma + 1, rest.size()));
            }
        }
    }
    return notes;
}

Outcome<Model> fit_model(Model model, const plan::View& plan) {
    const std::vector<apps::PortInfo> inputs = apps::ports_of(plan, false);
    const std::vector<apps::PortInfo> outputs = apps::ports_of(plan, true);
    if (inputs.size() != 1 || outputs.size() != 1) {
        return bad_input("the model has " + std::to_string(inputs.size()) + " inputs and " +
                             std::to_string(outputs.size()) + " outputs",
                         "one of each")
            .within(model.path);
    }
    for (const Done& fitted : {fit_input(model, inputs[0]), fit_output(model, outputs[0])}) {
        if (!fitted.ok()) {
            return Error(fitted.error()).within(model.path);
        }
    }
    if (model.settings.stride_frames == 0) {
        const std::uint32_t hop = model.front_end->source->hop_samples;
        model.settings.stride_frames =
            plan.memory().state_bytes != 0 ? model.window_frames : std::max(1U, kUsualStride / hop);
    }
    return model;
}

}  // namespace verge::spotter
