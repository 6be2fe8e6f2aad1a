// `keyword_spotter hear`: words in a file, or in raw samples on standard input, and a lamp; on this
// machine, and the same on an emulated board.

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>

#include "apps/keyword_spotter/board.hpp"
#include "apps/keyword_spotter/listening.hpp"
#include "apps/keyword_spotter/picture.hpp"
#include "apps/keyword_spotter/verb.hpp"
#include "apps/verge/feature_input.hpp"
#include "formats/wav/audio.hpp"
#include "formats/wav/flac.hpp"
#include "formats/wav/pcm.hpp"
#include "platform/file.hpp"
#include "platform/interrupt.hpp"

namespace verge::spotter {
namespace {

struct Options {
    std::string input;
    ModelFiles files{.model = kDefaultModel};
    std::string board;
    std::string picture;
};

std::string seconds(std::uint32_t milliseconds) {
    std::string text = std::to_string(milliseconds / 1000) + ".";
    const std::string rest = std::to_string(milliseconds % 1000 / 10);
    return text + (rest.size() < 2 ? "0" : "") + rest + " s";
}

void say(const Event& event) {
    std::fprintf(stderr, "%8s  %-8s score %3u of 256  LED %s\n", seconds(event.time_ms).c_str(),
                 event.word.c_str(), event.score, event.is_lit ? "on" : "off");
}

/// All samples of a WAV or FLAC file, brought to 16 kHz mono.
Outcome<std::vector<std::int16_t>> read_samples(const std::string& path) {
    VERGE_ASSIGN(const std::vector<std::byte> file,
                 platform::read_file(path, std::uint64_t{1} << 30U));
    auto audio = wav::read_audio(file);
    if (!audio.ok()) {
        return std::move(audio).error().within(path);
    }
    if (audio.value().sample_rate != signal::kSampleRateHz || audio.value().channels != 1) {
        std::fprintf(
            stderr,
            "keyword_spotter: %s has %u Hz and %u channels; resampled to 16000 Hz, one channel\n",
            path.c_str(), audio.value().sample_rate, audio.value().channels);
    }
    return wav::to_mono_16k_int16(audio.value());
}

SampleSource from_memory(const std::vector<std::int16_t>& samples) {
    return [&samples,
            at = std::size_t{0}](std::span<std::int16_t> into) mutable -> Outcome<std::size_t> {
        const std::size_t count = std::min(into.size(), samples.size() - at);
        std::copy_n(samples.begin() + static_cast<std::ptrdiff_t>(at), count, into.begin());
        at += count;
        return count;
    };
}

Outcome<Listening> hear(const Model& model, const Options& options) {
    if (options.input != "-") {
        VERGE_ASSIGN(const std::vector<std::int16_t> samples, read_samples(options.input));
        return listen(model, from_memory(samples), {.on_event = say});
    }
    // Endless input: nothing is kept, and Ctrl-C ends it.
    const platform::GracefulStop stop;
    VERGE_ASSIGN(platform::InputStream stream, platform::InputStream::open("-"));
    wav::PcmReader reader([&](std::span<std::byte> into) { return stream.read(into); });
    const auto source = [&](std::span<std::int16_t> into) -> Outcome<std::size_t> {
        return platform::interrupted() ? Outcome<std::size_t>(std::size_t{0}) : reader.read(into);
    };
    return listen(
        model, source,
        {.keeps_trace = !options.picture.empty() || !options.board.empty(), .on_event = say});
}

Json events_json(const std::vector<Event>& events) {
    Json json = Json::array();
    for (const Event& event : events) {
        json.push_back({{"time_ms", event.time_ms},
                        {"word", event.word},
                        {"score", event.score},
                        {"led", event.is_lit}});
    }
    return json;
}

Json board_json(const BoardHearing& board) {
    return {{"name", board.name},
            {"events", events_json(board.events)},
            {"instructions_per_inference", board.instructions_per_inference},
            {"instructions_per_hop", board.instructions_per_hop},
            {"code_bytes", board.code_bytes},
            {"flash_bytes", board.flash_bytes},
            {"ram_bytes", board.ram_bytes},
            {"stack_bytes", board.stack_bytes},
            {"led_changes", board.led_changes}};
}

std::string row(const std::string& name, const std::string& host, const std::string& board) {
    std::string line = name;
    line.resize(26, ' ');
    line += host;
    line.resize(std::max<std::size_t>(line.size() + 2, 52), ' ');
    return line + board + "\n";
}

std::string words_of(const std::vector<Event>& events) {
    std::string text;
    for (const Event& event : events) {
        text += (text.empty() ? "" : ", ") + event.word + " " + seconds(event.time_ms);
    }
    return text.empty() ? "none" : text;
}

std::string lamp_of(const std::vector<Event>& events) {
    std::string text;
    bool is_lit = false;
    for (const Event& event : events) {
        if (event.is_lit != is_lit) {
            is_lit = event.is_lit;
            text += (text.empty() ? "" : ", ") + std::string(is_lit ? "on " : "off ") +
                    seconds(event.time_ms);
        }
    }
    return text.empty() ? "never" : text;
}

std::string table(const Listening& heard, const std::optional<BoardHearing>& board) {
    const auto beside = [&](const std::string& text) {
        return board.has_value() ? text : std::string();
    };
    const BoardHearing b = board.value_or(BoardHearing{});
    char latency[64];
    std::snprintf(latency, sizeof latency, "%.3f ms", heard.milliseconds_per_inference);
    std::string text = row("", "this machine", beside(b.name));
    text += row("words heard", words_of(heard.events), beside(words_of(b.events)));
    text += row("LED", lamp_of(heard.events), beside(lamp_of(b.events)));
    text += row("work per 40 ms of sound", latency,
                beside(apps::grouped(b.instructions_per_inference) + " instructions"));
    if (board.has_value()) {
        text += row(
            "flash (code + model)", "",
            apps::grouped(b.flash_bytes) + " bytes, of which code " + apps::grouped(b.code_bytes));
        text += row("RAM (static + stack)", "",
                    apps::grouped(b.ram_bytes) + " + " + apps::grouped(b.stack_bytes) + " bytes");
        text += heard.events == b.events ? "Both heard the same words at the same times.\n"
                                         : "The board did NOT hear the same as this machine.\n";
    }
    return text;
}

Outcome<Answer> act(const Options& options) {
    VERGE_ASSIGN(const Model model, load_model(options.files));
    VERGE_ASSIGN(const Listening heard, hear(model, options));
    std::optional<BoardHearing> board;
    if (!options.board.empty()) {
        VERGE_ASSIGN(board, hear_on_board(model, heard.samples, options.board));
    }
    if (!options.picture.empty()) {
        const std::vector<BoardLane> lanes =
            board.has_value() ? std::vector{BoardLane{board->name, board->events}}
                              : std::vector<BoardLane>{};
        VERGE_ASSIGN(const std::string svg, draw(heard, lanes));
        VERGE_CHECK(platform::write_text_atomically(options.picture, svg));
    }
    Json json = {{"model", options.files.model},
                 {"front_end", model.front_end->name},
                 {"seconds", static_cast<double>(heard.samples.size()) / signal::kSampleRateHz},
                 {"events", events_json(heard.events)},
                 {"ms_per_inference", heard.milliseconds_per_inference}};
    const bool is_same = !board.has_value() || heard.events == board->events;
    if (board.has_value()) {
        json["board"] = board_json(*board);
        json["same"] = is_same;
    }
    return Answer{std::move(json), table(heard, board), !is_same};
}

}  // namespace

Act prepare_hear(CLI::App& app) {
    const auto options = std::make_shared<Options>();
    app.add_option("INPUT", options->input,
                   "a WAV or FLAC file, or - for raw 16 kHz 16-bit samples on standard input")
        ->required();
    app.add_option("--model", options->files.model,
                   "a keyword model; labels.txt and settings.json beside it are read");
    app.add_option("--labels", options->files.labels, "the names of its classes, one a line");
    app.add_option("--settings", options->files.settings, "how to listen, as settings.json");
    app.add_option("--frontend", options->files.front_end,
                   "the features it was trained with: " + apps::front_end_names());
    app.add_option("--board", options->board,
                   "also run the firmware on this emulated board (`verge boards`)");
    app.add_option("--picture", options->picture, "write what was heard as an SVG");
    return [options] { return act(*options); };
}

}  // namespace verge::spotter
