// `keyword_spotter record`: makes a folder of single words out of a long recording, laid out like
// Speech Commands: FOLDER/WORD/SPEAKER_nohash_N.wav. The only verb that writes sound to a disk.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "apps/keyword_spotter/record_words.hpp"
#include "apps/keyword_spotter/verb.hpp"
#include "apps/verge/options.hpp"
#include "formats/wav/flac.hpp"
#include "formats/wav/pcm.hpp"
#include "formats/wav/wav.hpp"
#include "platform/file.hpp"
#include "platform/interrupt.hpp"

namespace verge::spotter {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostSamples = std::size_t{kTakeRateHz} * 3600;  // of a microphone: an hour
constexpr float kLargeOffset = 0.02F;
constexpr const char* kNoise = "_background_noise_";

struct Options {
    std::string word;
    std::string speaker;
    std::string from = "-";
    std::string folder = "recordings";
    TakeLimits limits;
};

struct Recording {
    std::vector<std::int16_t> samples;  // 16 kHz mono
    std::vector<std::string> remarks;
};

bool is_made_of(const std::string& text, const char* more) {
    return !text.empty() && std::ranges::all_of(text, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               std::string(more).find(c) != std::string::npos;
    });
}

Done check_names(const Options& options) {
    if (options.word != kNoise && !is_made_of(options.word, "-'")) {
        return bad_input("the word is '" + options.word + "'",
                         "small letters, digits and dashes, such as tea, or _background_noise_",
                         "give --word");
    }
    if (!is_made_of(options.speaker, "-ABCDEFGHIJKLMNOPQRSTUVWXYZ") ||
        options.speaker.starts_with("synthetic-")) {
        return bad_input("the speaker is '" + options.speaker + "'",
                         "letters, digits and dashes, such as me; synthetic- is for espeak-ng",
                         "give --speaker");
    }
    return done();
}

Outcome<Recording> from_file(const std::string& path) {
    VERGE_ASSIGN(const std::vector<std::byte> file,
                 platform::read_file(path, std::uint64_t{2} << 30U));
    auto audio = wav::read_audio(file);
    if (!audio.ok()) {
        return std::move(audio).error().within(path);
    }
    Recording recording;
    const wav::Audio& found = audio.value();
    if (found.sample_rate < kTakeRateHz) {
        recording.remarks.push_back("it has " + std::to_string(found.sample_rate) +
                                    " samples a second: sounds like s and f are missing from it");
    }
    VERGE_ASSIGN(recording.samples, wav::to_mono_16k_int16(found));
    return recording;
}

/// Raw samples on standard input until it ends, Ctrl-C, or an hour.
Outcome<Recording> from_stream() {
    std::fprintf(stderr,
                 "keyword_spotter: recording from standard input (16 kHz, 16 bits, mono); say the "
                 "word again and again, with a pause after each; Ctrl-C ends it\n");
    const platform::GracefulStop stop;
    VERGE_ASSIGN(platform::InputStream stream, platform::InputStream::open("-"));
    wav::PcmReader reader([&](std::span<std::byte> into) { return stream.read(into); });
    Recording recording;
    std::vector<std::int16_t> chunk(kTakeRateHz / 10);
    while (!platform::interrupted() && recording.samples.size() < kMostSamples) {
        const auto count = reader.read(chunk);
        if (!count.ok()) {  // what was heard before is kept
            recording.remarks.push_back(count.error().message());
            break;
        }
        if (count.value() == 0) {
            break;
        }
        recording.samples.insert(recording.samples.end(), chunk.begin(),
                                 chunk.begin() + static_cast<std::ptrdiff_t>(count.value()));
    }
    if (recording.samples.size() >= kMostSamples) {
        recording.remarks.emplace_back("it was ended after one hour");
    }
    return recording;
}

/// The number after the highest that the speaker already has in the folder of the word.
std::size_t next_number(const fs::path& folder, const std::string& speaker) {
    const std::string start = speaker + "_nohash_";
    std::size_t next = 0;
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(folder, failure)) {
        const std::string name = entry.path().stem().string();
        const std::string digits = name.starts_with(start) ? name.substr(start.size()) : "";
        if (!digits.empty() && digits.size() < 9 &&
            digits.find_first_not_of("0123456789") == std::string::npos) {
            next = std::max<std::size_t>(next, std::stoul(digits) + 1);
        }
    }
    return next;
}

Outcome<fs::path> folder_for(const Options& options) {
    const fs::path folder = fs::path(options.folder) / options.word;
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) {
        return Error{Code::io, "the folder cannot be made: " + failure.message(),
                     "a place to write to", "give --folder", folder.string()};
    }
    return folder;
}

Outcome<std::string> write(const fs::path& folder,
                           const std::string& speaker,
                           std::size_t number,
                           std::span<const std::int16_t> samples) {
    wav::Audio audio{.sample_rate = kTakeRateHz, .channels = 1, .samples = {}};
    audio.samples.resize(samples.size());
    std::ranges::transform(samples, audio.samples.begin(), wav::from_int16);
    const fs::path path = folder / (speaker + "_nohash_" + std::to_string(number) + ".wav");
    VERGE_CHECK(platform::write_file_atomically(path.string(), wav::write_wav(audio)));
    return path.string();
}

std::string seconds(std::size_t samples) {
    char text[32];
    std::snprintf(text, sizeof text, "%8.2f s", static_cast<double>(samples) / kTakeRateHz);
    return text;
}

std::string decibels(float level) {
    char text[32];
    std::snprintf(text, sizeof text, "%.0f dB", level);
    return text;
}

/// What is wrong with the recording as a whole.
std::vector<std::string> remarks_on(const Recording& recording, const Takes& takes) {
    std::vector<std::string> remarks = recording.remarks;
    if (recording.samples.empty()) {
        remarks.emplace_back("it has no samples");
    } else if (takes.is_flat) {
        remarks.emplace_back("every sample is the same: is the microphone muted or unplugged?");
    } else if (takes.takes.empty()) {
        remarks.push_back("nothing stands out of the noise, which is at " +
                          decibels(takes.noise_db));
    }
    if (!takes.is_flat && (takes.offset > kLargeOffset || takes.offset < -kLargeOffset)) {
        remarks.emplace_back("its middle is not at zero (DC offset); it was moved there");
    }
    return remarks;
}

/// The samples around zero, so that what is written has no offset.
void remove_offset(std::vector<std::int16_t>& samples, float offset) {
    const float middle = offset * 32768.0F;
    if (std::abs(offset) > kLargeOffset) {
        for (std::int16_t& sample : samples) {
            sample = wav::to_int16((static_cast<float>(sample) - middle) / 32768.0F);
        }
    }
}

struct Tally {
    std::size_t kept = 0;
    std::size_t refused = 0;
};

Json json_of(const Take& take) {
    return {{"from_ms", take.first * 1000 / kTakeRateHz},
            {"to_ms", take.last * 1000 / kTakeRateHz},
            {"level_db", take.level_db},
            {"above_noise_db", take.above_noise_db},
            {"clipped", take.clipped}};
}

/// Writes the good takes and a line about each.
Outcome<Tally> keep_takes(const Options& options,
                          const Recording& recording,
                          const Takes& takes,
                          Answer& answer) {
    Tally tally;
    answer.json["takes"] = Json::array();
    const bool has_good = std::ranges::any_of(
        takes.takes, [](const Take& take) { return take.fault == TakeFault::none; });
    VERGE_ASSIGN(const fs::path folder, has_good ? folder_for(options) : fs::path());
    std::size_t number = next_number(folder, options.speaker);
    for (const Take& take : takes.takes) {
        Json json = json_of(take);
        std::string outcome = explain(take, options.limits);
        if (outcome.empty()) {
            VERGE_ASSIGN(outcome,
                         write(folder, options.speaker, number, cut_take(recording.samples, take)));
            json["file"] = outcome;
            ++number;
            ++tally.kept;
        } else {
            json["refused"] = outcome;
            outcome = "refused: " + outcome;
            ++tally.refused;
        }
        answer.json["takes"].push_back(std::move(json));
        answer.text.append(seconds(take.first)).append("  ").append(decibels(take.level_db));
        answer.text.append("  ").append(outcome).append("\n");
    }
    return tally;
}

/// Noise is written whole.
Outcome<Answer> keep_noise(const Options& options, const Recording& recording, Answer answer) {
    if (recording.samples.size() < kTakeSamples) {
        return bad_input("the noise is " + seconds(recording.samples.size()) + " long",
                         "at least a second, better a minute");
    }
    VERGE_ASSIGN(const fs::path folder, folder_for(options));
    VERGE_ASSIGN(
        const std::string path,
        write(folder, options.speaker, next_number(folder, options.speaker), recording.samples));
    answer.json["file"] = path;
    answer.text += "wrote " + path + ", " + seconds(recording.samples.size()) + " of noise\n";
    return answer;
}

Outcome<Answer> record(const Options& options) {
    VERGE_CHECK(check_names(options));
    VERGE_ASSIGN(Recording recording,
                 options.from == "-" ? from_stream() : from_file(options.from));
    const Takes takes = find_takes(recording.samples, options.limits);
    remove_offset(recording.samples, takes.offset);
    Answer answer;
    answer.json = {{"word", options.word},
                   {"speaker", options.speaker},
                   {"seconds", static_cast<double>(recording.samples.size()) / kTakeRateHz},
                   {"noise_db", takes.noise_db},
                   {"remarks", remarks_on(recording, takes)}};
    for (const std::string& remark : remarks_on(recording, takes)) {
        answer.text +=
            (options.from == "-" ? "the recording" : options.from) + ": " + remark + "\n";
    }
    if (options.word == kNoise) {
        return keep_noise(options, recording, std::move(answer));
    }
    VERGE_ASSIGN(const Tally tally, keep_takes(options, recording, takes, answer));
    answer.json["kept"] = tally.kept;
    answer.json["refused"] = tally.refused;
    answer.is_no = tally.kept == 0;
    if (answer.is_no) {
        answer.json["reasons"] = Json::array({"no take is good enough to learn from"});
    }
    const std::string place = " written to " + options.folder + "/" + options.word;
    answer.text += std::to_string(tally.kept) + " takes of '" + options.word + "' by " +
                   options.speaker + (answer.is_no ? "" : place) + ", " +
                   std::to_string(tally.refused) + " refused\n";
    return answer;
}

}  // namespace

Act prepare_record(CLI::App& app) {
    auto options = std::make_shared<Options>();
    app.add_option("--word", options->word,
                   "what is said; _background_noise_ keeps the whole sound")
        ->required();
    app.add_option("--speaker", options->speaker, "who says it: letters, digits and dashes")
        ->required();
    app.add_option("--from", options->from,
                   "a long WAV or FLAC file; else raw 16 kHz 16-bit samples on standard input")
        ->type_name(apps::kReads);
    app.add_option("--folder", options->folder, "where the folder of the word lies")
        ->capture_default_str();
    app.add_option("--longest-ms", options->limits.most_ms, "of a word")->capture_default_str();
    app.add_option("--quietest-db", options->limits.quietest_db, "of a word, below full scale")
        ->capture_default_str();
    return [options] { return record(*options); };
}

}  // namespace verge::spotter
