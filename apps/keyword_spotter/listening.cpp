#include "apps/keyword_spotter/listening.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <nlohmann/json.hpp>

#include "apps/keyword_spotter/ear.hpp"
#include "apps/keyword_spotter/streaming.hpp"
#include "apps/verge/feature_input.hpp"
#include "apps/verge/model.hpp"
#include "compiler/target.hpp"
#include "platform/file.hpp"
#include "runtime/fast/aligned.hpp"
#include "runtime/fast/plan_file.hpp"

namespace verge::spotter {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kChunk = 320;
constexpr std::size_t kMostTimes = 100000;  // of which the median is taken

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "" : path.substr(0, slash + 1);
}

std::vector<std::string> split_lines(const std::string& text) {
    std::vector<std::string> lines;
    std::string line;
    for (const char c : text) {
        if (c == '\n') {
            lines.push_back(std::exchange(line, {}));
        } else if (c != '\r') {
            line += c;
        }
    }
    if (!line.empty()) {
        lines.push_back(line);
    }
    while (!lines.empty() && lines.back().empty()) {
        lines.pop_back();  // empty lines at the end name nothing
    }
    return lines;
}

template <typename T>
Done take(const Json& json, const char* key, std::int64_t most, T& into) {
    if (!json.contains(key)) {
        return done();
    }
    const Json& value = json[key];
    if (!value.is_number_integer() || value.get<std::int64_t>() < 0 ||
        value.get<std::int64_t>() > most) {
        return bad_input(std::string("'") + key + "' is " + value.dump(),
                         "a whole number from 0 to " + std::to_string(most));
    }
    into = static_cast<T>(value.get<std::int64_t>());
    return done();
}

/// The labels named by the list under `key`, as bits; `otherwise` when there is no such key.
Outcome<std::uint16_t> take_labels(const Json& json,
                                   const char* key,
                                   const std::vector<std::string>& labels,
                                   std::uint16_t otherwise) {
    if (!json.contains(key)) {
        return otherwise;
    }
    std::uint16_t bits = 0;
    for (const Json& name : json[key]) {
        const auto found =
            std::ranges::find(labels, name.is_string() ? name.get<std::string>() : "");
        if (found == labels.end()) {
            return bad_input(std::string("'") + key + "' names " + name.dump(),
                             "lines of labels.txt");
        }
        bits = static_cast<std::uint16_t>(bits | 1U << (found - labels.begin()));
    }
    return bits;
}

/// The word that the string under `key` names switches the lamp.
Done take_switch(const Json& json,
                 const char* key,
                 const std::vector<std::string>& labels,
                 std::uint8_t& into) {
    if (!json.contains(key)) {
        return done();
    }
    const Json& name = json[key];
    const auto found = std::ranges::find(labels, name.is_string() ? name.get<std::string>() : "");
    if (found == labels.end()) {
        return bad_input(std::string("'") + key + "' is " + name.dump(), "a line of labels.txt");
    }
    into = static_cast<std::uint8_t>(found - labels.begin());
    return done();
}

/// `threshold` and `release` of all words, and those of single words under `words`.
Done take_triggers(const Json& json,
                   const std::vector<std::string>& labels,
                   signal::Triggers& triggers) {
    signal::Trigger all = triggers[0];
    VERGE_CHECK(take(json, "threshold", 255, all.threshold));
    VERGE_CHECK(take(json, "release", 255, all.release));
    triggers = signal::same_for_all(all);
    const Json words = json.value("words", Json::object());
    for (const auto& [word, own] : words.items()) {
        const auto found = std::ranges::find(labels, word);
        if (found == labels.end()) {
            return bad_input("'words' names '" + word + "'", "a line of labels.txt");
        }
        signal::Trigger& trigger = triggers[static_cast<std::size_t>(found - labels.begin())];
        VERGE_CHECK(take(own, "threshold", 255, trigger.threshold));
        VERGE_CHECK(take(own, "release", 255, trigger.release));
    }
    return done();
}

/// The first word switches the lamp on, the second one off, unless the settings say otherwise.
void choose_words(const std::vector<std::string>& labels, Settings& settings) {
    std::vector<std::size_t> words;
    for (std::size_t label = 0; label < labels.size(); ++label) {
        if ((settings.smoothing.quiet_classes >> label & 1U) == 0) {
            words.push_back(label);
        }
    }
    settings.switches_on = static_cast<std::uint8_t>(words.empty() ? kNoLabel : words[0]);
    settings.switches_off = static_cast<std::uint8_t>(words.size() < 2 ? kNoLabel : words[1]);
}

Outcome<Settings> parse_settings(const Json& json, const std::vector<std::string>& labels) {
    Settings settings;
    settings.stride_frames = 0;  // as the model needs
    signal::SmoothingSettings& smoothing = settings.smoothing;
    smoothing.classes = static_cast<std::uint8_t>(labels.size());
    smoothing.quiet_classes = quiet_labels(labels);
    VERGE_CHECK(take(json, "stride_frames", 1000, settings.stride_frames));
    VERGE_CHECK(take(json, "smoothing", 255, smoothing.frames));
    VERGE_CHECK(take(json, "minimum", 255, smoothing.minimum_frames));
    VERGE_CHECK(take(json, "suppression_ms", 60000, smoothing.suppression_ms));
    VERGE_CHECK(take_triggers(json, labels, smoothing.triggers));
    VERGE_CHECK(take(json, "gate_ratio", 255, settings.gate.ratio));
    VERGE_CHECK(take(json, "gate_hangover_ms", 60000, settings.gate.hangover_ms));
    VERGE_ASSIGN(smoothing.quiet_classes,
                 take_labels(json, "quiet", labels, smoothing.quiet_classes));
    choose_words(labels, settings);
    VERGE_CHECK(take_switch(json, "switches_on", labels, settings.switches_on));
    VERGE_CHECK(take_switch(json, "switches_off", labels, settings.switches_off));
    if (labels.empty()) {
        return settings;
    }
    if (!signal::are_usable(smoothing) || signal::history_bytes(smoothing) > kMaxHistoryBytes) {
        return bad_input("the settings do not fit together",
                         "0 < minimum <= smoothing, 0 < release <= threshold, at most " +
                             std::to_string(kMaxHistoryBytes / labels.size()) +
                             " inferences of smoothing");
    }
    return settings;
}

/// Of the words, for the picture.
std::uint32_t lowest_threshold(const signal::SmoothingSettings& settings) {
    std::uint32_t lowest = 255;
    for (std::uint32_t label = 0; label < settings.classes; ++label) {
        const bool is_quiet = (settings.quiet_classes >> label & 1U) != 0;
        lowest =
            is_quiet ? lowest : std::min<std::uint32_t>(lowest, settings.triggers[label].threshold);
    }
    return lowest;
}

/// Feeds samples to the spotter and writes down what happens.
class Recorder {
public:
    Recorder(Listening& listening, const ListenOptions& options)
        : listening_(listening), options_(options) {}

    void push(Ear& ear, std::span<const std::int16_t> samples) {
        std::uint64_t since = apps::now_ns();
        ear.push(samples, [&](const Heard& heard) {
            note(heard, std::exchange(elapsed_ns_, 0) + apps::now_ns() - since);
            since = apps::now_ns();
        });
        elapsed_ns_ += apps::now_ns() - since;
        listening_.sample_count += samples.size();
        if (options_.keeps_trace) {
            listening_.samples.insert(listening_.samples.end(), samples.begin(), samples.end());
        }
    }

    void finish() {
        if (!times_.empty()) {
            std::ranges::nth_element(
                times_, times_.begin() + static_cast<std::ptrdiff_t>(times_.size() / 2));
            listening_.milliseconds_per_inference =
                static_cast<double>(times_[times_.size() / 2]) * 1e-6;
        }
    }

private:
    void note(const Heard& heard, std::uint64_t spent_ns) {
        if (heard.is_awake && times_.size() < kMostTimes) {
            times_.push_back(spent_ns);
        }
        if (options_.keeps_trace) {
            listening_.heard.push_back(heard);
        }
        if (!heard.decision.is_new) {
            return;
        }
        const Event event{heard.time_ms, listening_.labels[heard.decision.label],
                          heard.decision.score, heard.is_lit};
        listening_.events.push_back(event);
        if (options_.on_event) {
            options_.on_event(event);
        }
    }

    Listening& listening_;
    const ListenOptions& options_;
    std::uint64_t elapsed_ns_ = 0;
    std::vector<std::uint64_t> times_;
};

/// The labels beside the model, or of the file that was named.
Outcome<std::vector<std::string>> read_labels(const ModelFiles& files) {
    const bool is_named = !files.labels.empty();
    const std::string path = is_named ? files.labels : folder_of(files.model) + "labels.txt";
    const auto text = platform::read_text_file(path);
    if (!text.ok()) {
        // Names are not needed to run; a model without them has its classes numbered.
        return is_named ? Outcome<std::vector<std::string>>(text.error())
                        : Outcome<std::vector<std::string>>(std::vector<std::string>{});
    }
    std::vector<std::string> labels = split_lines(text.value());
    if (labels.empty() || labels.size() > signal::kMaxClasses) {
        return bad_input("it has " + std::to_string(labels.size()) + " labels",
                         "one a line, 1 to " + std::to_string(signal::kMaxClasses))
            .within(path);
    }
    return labels;
}

/// The labels that the settings carry, where no file names them.
Done take_names(const Json& json, std::vector<std::string>& labels) {
    for (const Json& name : json.value("labels", Json::array())) {
        if (!name.is_string() || labels.size() == signal::kMaxClasses) {
            return bad_input("'labels' is " + json["labels"].dump(),
                             "a list of 1 to " + std::to_string(signal::kMaxClasses) + " names");
        }
        labels.push_back(name.get<std::string>());
    }
    return done();
}

/// What the settings say of the model itself, or else the plan: its front end and its labels.
Done take_model(const Json& json, const PlanNotes& notes, Model& model) {
    if (model.labels.empty()) {
        VERGE_CHECK(take_names(json, model.labels));
    }
    if (model.labels.empty()) {
        model.labels = notes.labels;
        model.labels.resize(std::min(model.labels.size(), signal::kMaxClasses));
    }
    const std::string otherwise = notes.front_end.empty() ? "microfrontend" : notes.front_end;
    const Json name = json.value("front_end", Json(otherwise));
    VERGE_ASSIGN(model.front_end,
                 apps::find_front_end(name.is_string() ? name.get<std::string>() : name.dump()));
    VERGE_ASSIGN(model.settings, parse_settings(json, model.labels));
    const Json streams = json.value("stream", Json(false));
    if (!streams.is_boolean()) {
        return bad_input("'stream' is " + streams.dump(), "true or false");
    }
    model.streams = streams.get<bool>();
    return take(json, "stream_state_bytes", UINT32_MAX, model.most_state_bytes);
}

Done read_settings(const ModelFiles& files, const PlanNotes& notes, Model& model) {
    const bool is_named = !files.settings.empty();
    const std::string path = is_named ? files.settings : folder_of(files.model) + "settings.json";
    const auto text = platform::read_text_file(path);
    if (!text.ok() && is_named) {
        return text.error();
    }
    const Json json = text.ok() ? Json::parse(text.value(), nullptr, false) : Json::object();
    Done taken = json.is_object()
                     ? take_model(json, notes, model)
                     : Done(bad_input("the settings are no JSON object",
                                      "a file like models/keywords_yes_no/settings.json"));
    return taken.ok() ? std::move(taken) : Done(std::move(taken).error().within(path));
}

}  // namespace

Outcome<Model> load_model(const ModelFiles& files) {
    Model model{.path = files.model, .labels = {}, .settings = {}, .plan = {}};
    VERGE_ASSIGN(model.labels, read_labels(files));
    VERGE_ASSIGN(const compiler::Target target, compiler::find_target("host"));
    VERGE_ASSIGN(model.plan, apps::load_plan(model.path, target));
    const fast::AlignedBytes bytes(model.plan);
    const auto view = plan::View::open(bytes.bytes());
    if (!view.ok()) {
        return fast::explain(view.fault(), model.path);
    }
    VERGE_CHECK(read_settings(files, notes_of(view.value()), model));
    if (!files.front_end.empty()) {
        VERGE_ASSIGN(model.front_end, apps::find_front_end(files.front_end));
    }
    VERGE_ASSIGN(model, fit_model(std::move(model), view.value()));
    if (model.streams || files.streams) {
        VERGE_CHECK(stream_model(model, target));
    }
    return model;
}

Outcome<Listening> listen(const Model& model,
                          const SampleSource& source,
                          const ListenOptions& options) {
    VERGE_ASSIGN(Ear ear, Ear::open(model));
    Listening listening{.labels = model.labels,
                        .threshold = lowest_threshold(model.settings.smoothing),
                        .sample_count = 0,
                        .samples = {},
                        .front_end = model.front_end,
                        .frames = {},
                        .heard = {},
                        .events = {}};
    Recorder recorder(listening, options);
    std::array<std::int16_t, kChunk> chunk{};
    for (;;) {
        VERGE_ASSIGN(const std::size_t count, source(chunk));
        if (count == 0) {
            break;
        }
        recorder.push(ear, std::span(chunk).first(count));
    }
    recorder.finish();
    if (options.keeps_trace) {
        listening.frames = apps::clip_frames(*model.front_end->source, listening.samples);
    }
    return listening;
}

}  // namespace verge::spotter
