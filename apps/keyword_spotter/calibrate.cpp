// `keyword_spotter calibrate`: a threshold for each word, from recordings with and without words,
// for a stated number of false accepts an hour.

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "apps/keyword_spotter/ear.hpp"
#include "apps/keyword_spotter/sound.hpp"
#include "apps/keyword_spotter/threshold_sweep.hpp"
#include "apps/keyword_spotter/verb.hpp"
#include "apps/verge/options.hpp"
#include "platform/clock.hpp"
#include "platform/file.hpp"
#include "platform/interrupt.hpp"
#include "platform/progress.hpp"

namespace verge::spotter {
namespace {

constexpr std::size_t kChunk = 1600;
constexpr std::size_t kLead = 24000;  // samples of a quiet room around each word
constexpr int kRoom = 8;              // its noise, of 32768
constexpr std::size_t kMostRows = 12;

struct Options {
    ModelFiles files{.model = kDefaultModel};
    std::string with;
    std::vector<std::string> without;
    double per_hour = 1;
    std::string output;
};

/// A word of the model and what is known of it.
struct Word {
    std::size_t label;
    ThresholdSweep sweep;
    std::vector<std::string> files = {};   // recordings with it
    std::vector<std::uint8_t> peaks = {};  // of each, the highest average
};

struct Others {
    double hours = 0;
    std::uint64_t turns = 0;
    std::uint64_t asleep = 0;
};

std::vector<Word> words_of(const Model& model) {
    std::vector<Word> words;
    const signal::SmoothingSettings& smoothing = model.settings.smoothing;
    for (std::size_t label = 0; label < model.labels.size(); ++label) {
        if ((smoothing.quiet_classes >> label & 1U) == 0) {
            words.push_back(
                {label, ThresholdSweep(smoothing.triggers[label], smoothing.suppression_ms)});
        }
    }
    return words;
}

/// WITH/yes/a.wav is a recording of "yes".
Done find_recordings(const Options& options, const Model& model, std::vector<Word>& words) {
    VERGE_ASSIGN(const std::vector<std::string> files, sound_files(options.with));
    for (const std::string& file : files) {
        const std::string folder = std::filesystem::path(file).parent_path().filename().string();
        for (Word& word : words) {
            if (model.labels[word.label] == folder) {
                word.files.push_back(file);
            }
        }
    }
    for (const Word& word : words) {
        if (word.files.empty()) {
            return bad_input("there is no recording of '" + model.labels[word.label] + "'",
                             "a folder for each word: " + options.with + "/" +
                                 model.labels[word.label] + "/*.wav")
                .within(options.with);
        }
    }
    return done();
}

/// Pushes a quiet room: evenly spread noise from a fixed seed.
void push_room(Ear& ear, const std::function<void(const Heard&)>& on_heard) {
    std::vector<std::int16_t> samples(kLead);
    std::uint32_t state = 1;
    for (std::int16_t& sample : samples) {
        state = state * 1664525U + 1013904223U;
        sample =
            static_cast<std::int16_t>(static_cast<int>((state >> 16U) % (2 * kRoom + 1)) - kRoom);
    }
    ear.push(samples, on_heard);
}

/// All of a file; returns its samples.
Outcome<std::uint64_t> push_file(Ear& ear,
                                 const std::string& file,
                                 const std::function<void(const Heard&)>& on_heard) {
    VERGE_ASSIGN(const Sound sound, open_sound(file));
    std::array<std::int16_t, kChunk> chunk{};
    std::uint64_t samples = 0;
    for (;;) {
        VERGE_ASSIGN(const std::size_t count, sound.read(chunk));
        if (count == 0) {
            return samples;
        }
        ear.push(std::span(chunk).first(count), on_heard);
        samples += count;
    }
}

Done hear_words(Ear& ear, std::vector<Word>& words, platform::Progress& progress) {
    std::uint64_t heard_files = 0;
    for (Word& word : words) {
        for (const std::string& file : word.files) {
            std::uint8_t peak = 0;
            const auto note = [&](const Heard& heard) {
                peak = std::max(peak, heard.averages[word.label]);
            };
            ear.restart();
            push_room(ear, note);
            VERGE_CHECK(push_file(ear, file, note));
            push_room(ear, note);
            word.peaks.push_back(peak);
            progress.update(++heard_files);
        }
    }
    return done();
}

Done hear_others(Ear& ear,
                 const std::vector<std::string>& files,
                 std::vector<Word>& words,
                 Others& all,
                 platform::Progress& progress) {
    std::uint64_t samples = 0;
    for (const std::string& file : files) {
        ear.restart();
        std::ranges::for_each(words, [](Word& word) { word.sweep.restart(); });
        const auto note = [&](const Heard& heard) {
            ++all.turns;
            all.asleep += heard.is_awake ? 0 : 1;
            for (Word& word : words) {
                word.sweep.push(heard.averages[word.label], heard.time_ms);
            }
        };
        VERGE_ASSIGN(const std::uint64_t count, push_file(ear, file, note));
        samples += count;
        progress.update(samples / signal::kSampleRateHz);
    }
    all.hours = static_cast<double>(samples) / signal::kSampleRateHz / 3600;
    return done();
}

Outcome<std::vector<std::string>> files_without(const std::vector<std::string>& names) {
    std::vector<std::string> files;
    for (const std::string& name : names) {
        VERGE_ASSIGN(const std::vector<std::string> some, sound_files(name));
        files.insert(files.end(), some.begin(), some.end());
    }
    return files;
}

Json choice_json(const Choice& choice, std::size_t recordings) {
    return {{"threshold", choice.threshold},
            {"missed", choice.missed},
            {"missed_share", static_cast<double>(choice.missed) / static_cast<double>(recordings)},
            {"false_accepts", choice.false_accepts},
            {"false_accepts_per_hour", choice.false_accepts_per_hour},
            {"false_accepts_per_hour_at_most", choice.false_accepts_at_most}};
}

std::string choice_line(const Choice& choice, std::size_t recordings, bool is_chosen) {
    char line[160];
    std::snprintf(line, sizeof line, "  %s %9u  %6llu (%5.1f %%)  %13llu  %8.2f  %18.2f\n",
                  is_chosen ? "->" : "  ", choice.threshold,
                  static_cast<unsigned long long>(choice.missed),
                  100 * static_cast<double>(choice.missed) / static_cast<double>(recordings),
                  static_cast<unsigned long long>(choice.false_accepts),
                  choice.false_accepts_per_hour, choice.false_accepts_at_most);
    return line;
}

/// Adds a word to the table, the JSON and the settings.
void report(const Word& word,
            const std::string& name,
            double hours,
            double per_hour,
            Answer& answer,
            Json& settings) {
    const std::vector<Choice> all = choices(word.sweep, word.peaks, hours);
    const Choice& chosen = choose(all, per_hour);
    answer.text += "\n" + name + ": " + std::to_string(word.peaks.size()) +
                   " recordings\n     threshold  missed           false accepts  per hour  at most "
                   "(95 %)\n";
    Json rows = Json::array();
    for (const Choice& choice : rows_of(all, chosen, kMostRows)) {
        answer.text += choice_line(choice, word.peaks.size(), choice.threshold == chosen.threshold);
        rows.push_back(choice_json(choice, word.peaks.size()));
    }
    Json entry = choice_json(chosen, word.peaks.size());
    entry["word"] = name;
    entry["recordings"] = word.peaks.size();
    entry["release"] = word.sweep.release(chosen.threshold);
    entry["choices"] = std::move(rows);
    answer.json["words"].push_back(std::move(entry));
    settings["words"][name] = {{"threshold", chosen.threshold},
                               {"release", word.sweep.release(chosen.threshold)}};
    if (chosen.false_accepts_per_hour > per_hour) {
        answer.is_no = true;
        answer.json["reasons"].push_back("no threshold of '" + name +
                                         "' keeps to the false accepts that were asked for");
        answer.text += "  No threshold keeps to " + std::to_string(per_hour) +
                       " an hour; the highest is taken.\n";
    }
}

/// The settings as they are, to which the thresholds are added.
Outcome<Json> old_settings(const ModelFiles& files) {
    const std::filesystem::path beside =
        std::filesystem::path(files.model).parent_path() / "settings.json";
    const auto text =
        platform::read_text_file(files.settings.empty() ? beside.string() : files.settings);
    Json json = text.ok() ? Json::parse(text.value(), nullptr, false) : Json::object();
    if (!files.front_end.empty()) {
        json["front_end"] = files.front_end;
    }
    return json;
}

/// What was heard, and how sure it makes: the head of the answer.
Answer head_of(const Options& options, const Others& all, std::size_t words) {
    Answer answer;
    const double least_hours =
        poisson_upper_bound(0) * static_cast<double>(words) / options.per_hour;
    answer.json = {
        {"model", options.files.model},
        {"hours_without_words", all.hours},
        {"false_accepts_per_hour_wanted", options.per_hour},
        {"network_asleep_share", static_cast<double>(all.asleep) /
                                     static_cast<double>(std::max<std::uint64_t>(all.turns, 1))},
        {"hours_to_be_sure", least_hours},
        {"words", Json::array()}};
    char line[160];
    std::snprintf(line, sizeof line,
                  "%.2f hours without words; %.2f false accepts an hour are allowed, shared by %zu "
                  "words\n",
                  all.hours, options.per_hour, words);
    answer.text = line;
    if (all.hours < least_hours) {
        std::snprintf(line, sizeof line,
                      "To be 95 %% sure of that rate takes %.1f hours without a false accept; this "
                      "is an estimate from fewer\n",
                      least_hours);
        answer.text += line;
    }
    return answer;
}

/// Hears all recordings, those with words first.
Outcome<Others> hear_all(const Model& model,
                         const std::vector<std::string>& others,
                         std::vector<Word>& words,
                         std::uint64_t recordings) {
    VERGE_ASSIGN(Ear ear, Ear::open(model));
    const platform::MonotonicClock clock;
    {
        platform::Progress progress("recordings with words", recordings,
                                    platform::standard_error_sink(clock));
        VERGE_CHECK(hear_words(ear, words, progress));
    }
    Others all;
    {
        platform::Progress progress("seconds without words", 0,
                                    platform::standard_error_sink(clock));
        VERGE_CHECK(hear_others(ear, others, words, all, progress));
    }
    if (all.hours <= 0) {
        return bad_input("the recordings without words hold no sound", "hours of it");
    }
    return all;
}

Outcome<Answer> act(const Options& options) {
    if (!(options.per_hour > 0)) {
        return bad_input("no threshold can promise 0 false accepts an hour",
                         "--false-accepts-per-hour above 0, such as 0.5");
    }
    VERGE_ASSIGN(const Model model, load_model(options.files));
    std::vector<Word> words = words_of(model);
    VERGE_CHECK(find_recordings(options, model, words));
    VERGE_ASSIGN(const std::vector<std::string> others, files_without(options.without));
    VERGE_ASSIGN(Json settings, old_settings(options.files));
    std::uint64_t recordings = 0;
    std::ranges::for_each(words, [&](const Word& word) { recordings += word.files.size(); });
    VERGE_ASSIGN(const Others all, hear_all(model, others, words, recordings));
    Answer answer = head_of(options, all, words.size());
    for (const Word& word : words) {
        report(word, model.labels[word.label], all.hours,
               options.per_hour / static_cast<double>(words.size()), answer, settings);
    }
    settings["calibration"] = {{"false_accepts_per_hour_wanted", options.per_hour},
                               {"hours_without_words", all.hours},
                               {"recordings_with_words", recordings}};
    if (!options.output.empty()) {
        VERGE_CHECK(platform::write_text_atomically(options.output, settings.dump(2) + "\n"));
        answer.text += "\nWritten to " + options.output + "\n";
        answer.json["output"] = options.output;
    }
    return answer;
}

}  // namespace

Act prepare_calibrate(CLI::App& app) {
    const auto options = std::make_shared<Options>();
    add_model_options(app, options->files);
    app.add_option("--with", options->with,
                   "a folder with a folder of recordings for each word: WITH/yes/*.wav, each with "
                   "the word once")
        ->required();
    app.add_option("--without", options->without,
                   "recordings, or folders of them, in which no word is said; hours of it")
        ->required();
    app.add_option("--false-accepts-per-hour", options->per_hour,
                   "how many are allowed, of all words together (default 1)");
    app.add_option("-o,--output", options->output,
                   "write the settings with the thresholds here: settings.json beside the model")
        ->type_name(apps::kWrites);
    return [options] { return act(*options); };
}

}  // namespace verge::spotter
