#pragma once
// One stream heard from start to end, with all that a table and a picture need. Hosted.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "apps/keyword_spotter/front_end.hpp"
#include "apps/keyword_spotter/spotter.hpp"
#include "base/outcome.hpp"

namespace verge::spotter {

/// The lamp or a word, as host and board both report it.
struct Event {
    std::uint32_t time_ms = 0;
    std::string word;         // empty: the lamp alone changed
    std::uint32_t score = 0;  // of 256
    bool is_lit = false;      // after the event

    bool operator==(const Event&) const = default;
};

struct Listening {
    std::vector<std::string> labels;
    std::uint32_t threshold = 0;     // of 256
    std::uint64_t sample_count = 0;  // heard, kept or not
    std::vector<std::int16_t> samples;
    const signal::NamedSource* front_end = nullptr;
    std::vector<signal::FeatureVector> frames;  // one every hop
    std::vector<Heard> heard;                   // one per inference
    std::vector<Event> events;
    double milliseconds_per_inference = 0;  // median, front end of the hops included
};

/// Where a model comes from. What is empty lies beside the model, if it is there at all:
/// labels.txt (one a line) and settings.json.
struct ModelFiles {
    std::string model;
    std::string labels = {};
    std::string settings = {};
    std::string front_end = {};  // empty: what the settings say, else microfrontend
    bool streams = false;        // also when the settings say so
};

/// The model, ready to listen. Settings that no file gives are the defaults of Settings.
Outcome<Model> load_model(const ModelFiles& files);

/// Where samples come from: fills the span, 0 is the end.
using SampleSource = std::function<Outcome<std::size_t>(std::span<std::int16_t>)>;

struct ListenOptions {
    bool keeps_trace = true;  // samples, frames and readings for the picture
    std::function<void(const Event&)> on_event = {};  // as it happens
};

/// Hears the source to its end, with the tiny runtime: the same code as the firmware.
Outcome<Listening> listen(const Model& model,
                          const SampleSource& source,
                          const ListenOptions& options);

}  // namespace verge::spotter
