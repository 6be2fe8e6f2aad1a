// `keyword_spotter listen`: listens until the sound ends or Ctrl-C, shows what it hears, switches a
// lamp. Keeps no sound.

#include <array>
#include <cstdio>
#include <memory>
#include <optional>

#include "apps/keyword_spotter/ear.hpp"
#include "apps/keyword_spotter/meter.hpp"
#include "apps/keyword_spotter/sensitivity.hpp"
#include "apps/keyword_spotter/sound.hpp"
#include "apps/keyword_spotter/verb.hpp"
#include "platform/interrupt.hpp"
#include "platform/machine.hpp"
#include "platform/output_line.hpp"

namespace verge::spotter {
namespace {

constexpr std::size_t kChunk = 320;             // 20 ms
constexpr std::uint32_t kChunksPerPicture = 5;  // ten lines a second
constexpr std::size_t kMostEvents = 10000;      // kept for --json; older ones are forgotten

struct Options {
    std::string source = "alsa:default";
    ModelFiles files{.model = kDefaultModel};
    std::string lamp;
    std::uint32_t sensitivity = kUsualSensitivity;
    std::optional<std::uint8_t> gate_ratio;
};

struct Tally {
    std::uint64_t samples = 0;
    std::uint64_t turns = 0;   // of the network
    std::uint64_t asleep = 0;  // turns that the gate let it sleep through
    std::uint64_t heard = 0;
    std::uint32_t overruns = 0;
    std::string verdict;
    Json events = Json::array();
    Json files = Json::array();
    std::vector<std::string> reasons;
};

/// One session: one ear, one lamp, one place on the screen.
class Session {
public:
    Session(Ear ear, std::optional<platform::OutputLine> lamp)
        : ear_(std::move(ear)), lamp_(std::move(lamp)), draws_(platform::is_terminal(2)) {}

    /// Hears one source to its end.
    Done hear(const std::string& name) {
        VERGE_ASSIGN(const Sound sound, open_sound(name));
        say(sound.remark);
        ear_.restart();
        judge_ = {};
        last_.reset();
        name_ = name;
        const Done result = follow(sound);
        wipe();
        tally_.overruns += sound.overruns();
        tally_.verdict = judge_.verdict();
        say(tally_.verdict);
        VERGE_CHECK(switch_lamp(false));
        return result;
    }

    void skip(const Error& error) {
        tally_.reasons.push_back(error.message());
        say(error.message());
    }

    [[nodiscard]] Tally& tally() { return tally_; }

private:
    Done follow(const Sound& sound) {
        std::array<std::int16_t, kChunk> chunk{};
        for (std::uint32_t chunks = 0;; ++chunks) {
            VERGE_ASSIGN(const std::size_t count, sound.read(chunk));
            if (count == 0) {
                return done();
            }
            const std::span<const std::int16_t> samples = std::span(chunk).first(count);
            VERGE_CHECK(take(samples));
            if (draws_ && sound.is_endless && chunks % kChunksPerPicture == 0) {
                draw();
            }
        }
    }

    Done take(std::span<const std::int16_t> samples) {
        Done result = done();
        ear_.push(samples, [&](const Heard& heard) {
            last_ = heard;
            ++tally_.turns;
            tally_.asleep += heard.is_awake ? 0 : 1;
            if (heard.decision.is_new) {
                note(heard);
            }
            if (heard.has_switched && result.ok()) {
                result = switch_lamp(heard.is_lit);
            }
        });
        judge_.push(samples, ear_.gate().level());
        tally_.samples += samples.size();
        return result;
    }

    Done switch_lamp(bool is_lit) { return lamp_.has_value() ? lamp_->set(is_lit) : done(); }

    void note(const Heard& heard) {
        const std::string& word = ear_.model().labels[heard.decision.label];
        wipe();
        std::fprintf(stderr, "%9.2f s  %-8s score %3u of 256  LED %s\n", heard.time_ms / 1000.0,
                     word.c_str(), heard.decision.score, heard.is_lit ? "on" : "off");
        ++tally_.heard;
        if (tally_.events.size() == kMostEvents) {
            tally_.events.erase(0);
        }
        tally_.events.push_back({{"source", name_},
                                 {"time_ms", heard.time_ms},
                                 {"word", word},
                                 {"score", heard.decision.score},
                                 {"led", heard.is_lit}});
    }

    void draw() {
        const Reading reading{.level_db = decibels(ear_.gate().level()),
                              .heard = last_.has_value() ? &*last_ : nullptr,
                              .labels = ear_.model().labels,
                              .quiet_classes = ear_.model().settings.smoothing.quiet_classes,
                              .verdict = judge_.verdict()};
        std::fprintf(stderr, "\r\033[K%s", meter_line(reading).c_str());
        std::fflush(stderr);
        is_drawn_ = true;
    }

    void wipe() {
        if (std::exchange(is_drawn_, false)) {
            std::fprintf(stderr, "\r\033[K");
        }
    }

    void say(const std::string& words) {
        if (!words.empty()) {
            wipe();
            std::fprintf(stderr, "keyword_spotter: %s\n", words.c_str());
        }
    }

    Ear ear_;
    std::optional<platform::OutputLine> lamp_;
    bool draws_;
    bool is_drawn_ = false;
    std::string name_;
    LevelJudge judge_;
    std::optional<Heard> last_;
    Tally tally_;
};

Answer answer_of(const Options& options, const Tally& tally) {
    Answer answer;
    answer.json = {{"model", options.files.model},
                   {"sensitivity", options.sensitivity},
                   {"seconds", static_cast<double>(tally.samples) / signal::kSampleRateHz},
                   {"files", tally.files},
                   {"events", tally.events},
                   {"events_heard", tally.heard},
                   {"turns", tally.turns},
                   {"turns_asleep", tally.asleep},
                   {"overruns", tally.overruns},
                   {"level", tally.verdict}};
    char text[160];
    std::snprintf(text, sizeof text,
                  "heard %llu words in %.1f s; the network slept through %.0f %% of its turns\n",
                  static_cast<unsigned long long>(tally.heard),
                  static_cast<double>(tally.samples) / signal::kSampleRateHz,
                  tally.turns == 0 ? 0.0
                                   : 100.0 * static_cast<double>(tally.asleep) /
                                         static_cast<double>(tally.turns));
    answer.text = text;
    if (tally.overruns != 0) {
        answer.text += "samples were lost " + std::to_string(tally.overruns) +
                       " times: this machine was too slow\n";
    }
    answer.is_no = !tally.reasons.empty();
    if (answer.is_no) {
        answer.json["reasons"] = tally.reasons;
        answer.text += std::to_string(tally.reasons.size()) + " recordings could not be heard\n";
    }
    return answer;
}

Outcome<Answer> act(const Options& options) {
    VERGE_ASSIGN(Model model, load_model(options.files));
    VERGE_ASSIGN(model.settings, with_sensitivity(model.settings, options.sensitivity));
    model.settings.gate.ratio = options.gate_ratio.value_or(model.settings.gate.ratio);
    VERGE_ASSIGN(const std::vector<std::string> sources, sound_files(options.source));
    VERGE_ASSIGN(Ear ear, Ear::open(model));
    std::optional<platform::OutputLine> lamp;
    if (!options.lamp.empty()) {
        VERGE_ASSIGN(lamp, platform::OutputLine::open(options.lamp, "keyword_spotter"));
    }
    const platform::GracefulStop stop;
    Session session(std::move(ear), std::move(lamp));
    for (const std::string& source : sources) {
        if (platform::interrupted()) {
            break;
        }
        auto heard = session.hear(source);
        if (heard.ok()) {
            session.tally().files.push_back(source);
        } else if (sources.size() == 1) {
            return std::move(heard).error();
        } else {
            session.skip(heard.error());  // the others of the folder are heard all the same
        }
    }
    return answer_of(options, session.tally());
}

}  // namespace

Act prepare_listen(CLI::App& app) {
    const auto options = std::make_shared<Options>();
    app.add_option("SOURCE", options->source,
                   "alsa:DEVICE (default alsa:default), a WAV or FLAC file, a folder of them, or - "
                   "for raw 16 kHz 16-bit samples on standard input");
    add_model_options(app, options->files);
    app.add_option("--sensitivity", options->sensitivity,
                   "0 (hears only what is certain) to 100 (hears too much); 50 is as calibrated");
    app.add_option("--gate", options->gate_ratio,
                   "the network sleeps until a sound has N/4 times the energy of the room; 0: it "
                   "never sleeps");
    app.add_option("--gpio", options->lamp,
                   "switch this line with the lamp: CHIP:LINE, such as gpiochip0:17, or a plain "
                   "file, such as ./lamp");
    return [options] { return act(*options); };
}

}  // namespace verge::spotter
