#pragma once
// One stream heard from start to end, with all that a table and a picture need. Hosted.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

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
    std::uint32_t threshold = 0;  // of 256
    std::vector<std::int16_t> samples;
    std::vector<signal::FeatureFrame> frames;  // one every 20 ms
    std::vector<Heard> heard;                  // one per inference
    std::vector<Event> events;
    double milliseconds_per_inference = 0;  // median, front end of the hops included
};

struct Model {
    std::string path;
    std::vector<std::string> labels;
    Settings settings;
};

/// The model with the labels beside it (labels.txt, one a line) and its settings (settings.json),
/// where those files exist; the defaults of Settings and "class 0".. where they do not.
Outcome<Model> load_model(const std::string& path);

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
