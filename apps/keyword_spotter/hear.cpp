// `keyword_spotter hear`: words in a file, or in raw samples on standard input, and a lamp; on this
// machine, and the same on an emulated board.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>

#include "apps/keyword_spotter/board.hpp"
#include "apps/keyword_spotter/listening.hpp"
#include "apps/keyword_spotter/picture.hpp"
#include "apps/keyword_spotter/sound.hpp"
#include "apps/keyword_spotter/verb.hpp"
#include "apps/verge/board_inference.hpp"
#include "apps/verge/options.hpp"
#include "platform/file.hpp"
#include "platform/interrupt.hpp"

namespace verge::spotter {
namespace {

struct Options {
    std::string input;
    ModelFiles files{.model = kDefaultModel};
    std::string board;
    std::string picture;
    std::optional<std::uint8_t> gate_ratio;
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

Outcome<Listening> hear(const Model& model, const Options& options) {
    // Endless input: nothing is kept, and Ctrl-C ends it.
    const platform::GracefulStop stop;
    VERGE_ASSIGN(Sound sound, open_sound(options.input));
    if (!sound.remark.empty()) {
        std::fprintf(stderr, "keyword_spotter: %s\n", sound.remark.c_str());
    }
    const bool keeps_trace =
        !sound.is_endless || !options.picture.empty() || !options.board.empty();
    return listen(model, sound.read, {.keeps_trace = keeps_trace, .on_event = say});
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
            {"stack_reserved_bytes", board.stack_reserved_bytes},
            {"ram_total_bytes", board.ram_bytes + board.stack_reserved_bytes},
            {"instructions_per_second", board.instructions_per_second},
            {"turns", board.turns},
            {"turns_asleep", board.turns_asleep},
            {"awake_share", board.awake_share},
            {"awake_share_without_gate", board.awake_share_without_gate},
            {"awake_clock_hz", kAwakeClockHz},
            {"awake_cycles_per_instruction", 1},
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

/// "12.3 % of the time (31.0 % without the gate), at a cycle an instruction".
std::string awake_words(const BoardHearing& board) {
    char text[160];
    if (board.turns_asleep == 0) {
        std::snprintf(text, sizeof text, "%.1f %% of the time", 100 * board.awake_share);
    } else {
        std::snprintf(text, sizeof text, "%.1f %% of the time (%.1f %% without the gate)",
                      100 * board.awake_share, 100 * board.awake_share_without_gate);
    }
    return std::string(text) + ", at a cycle an instruction" +
           (board.awake_share > 1 ? ": more than it has" : "");
}

std::string table(const Listening& heard,
                  const std::optional<BoardHearing>& board,
                  std::uint32_t stride_ms) {
    const auto beside = [&](const std::string& text) {
        return board.has_value() ? text : std::string();
    };
    const BoardHearing b = board.value_or(BoardHearing{});
    char latency[64];
    std::snprintf(latency, sizeof latency, "%.3f ms", heard.milliseconds_per_inference);
    std::string text = row("", "this machine", beside(b.name));
    text += row("words heard", words_of(heard.events), beside(words_of(b.events)));
    text += row("LED", lamp_of(heard.events), beside(lamp_of(b.events)));
    text += row("work per " + std::to_string(stride_ms) + " ms of sound", latency,
                beside(apps::grouped(b.instructions_per_inference) + " instructions"));
    if (board.has_value()) {
        text += row(
            "flash (code + model)", "",
            apps::grouped(b.flash_bytes) + " bytes, of which code " + apps::grouped(b.code_bytes));
        text += row("RAM (static + stack)", "",
                    apps::grouped(b.ram_bytes + b.stack_reserved_bytes) + " bytes: " +
                        apps::grouped(b.ram_bytes) + " + " + apps::grouped(b.stack_reserved_bytes) +
                        ", of which " + apps::grouped(b.stack_bytes) + " used");
        text += row("awake at 64 MHz", "", awake_words(b));
        text += heard.events == b.events ? "Both heard the same words at the same times.\n"
                                         : "The board did NOT hear the same as this machine.\n";
    }
    return text;
}

/// What would fail only after all was heard.
Done check_places(const Options& options) {
    if (!options.board.empty()) {
        VERGE_ASSIGN([[maybe_unused]] const apps::Board* board, apps::board_of(options.board));
    }
    const std::filesystem::path folder = std::filesystem::path(options.picture).parent_path();
    std::error_code ignored;
    if (!folder.empty() && !std::filesystem::is_directory(folder, ignored)) {
        return bad_input("there is no folder '" + folder.string() + "'",
                         "a file in a folder that you may write to", "create it first")
            .within(options.picture);
    }
    return done();
}

std::uint32_t stride_ms_of(const Model& model) {
    return model.settings.stride_frames * model.front_end->source->hop_samples * 1000 /
           signal::kSampleRateHz;
}

Outcome<Answer> act(const Options& options) {
    VERGE_ASSIGN(Model model, load_model(options.files));
    model.settings.gate.ratio = options.gate_ratio.value_or(model.settings.gate.ratio);
    VERGE_CHECK(check_places(options));
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
                 {"seconds", static_cast<double>(heard.sample_count) / signal::kSampleRateHz},
                 {"events", events_json(heard.events)},
                 {"ms_per_inference", heard.milliseconds_per_inference},
                 {"gate_ratio", model.settings.gate.ratio}};
    const bool is_same = !board.has_value() || heard.events == board->events;
    if (board.has_value()) {
        json["board"] = board_json(*board);
        json["same"] = is_same;
    }
    return Answer{std::move(json), table(heard, board, stride_ms_of(model)), !is_same};
}

}  // namespace

Act prepare_hear(CLI::App& app) {
    const auto options = std::make_shared<Options>();
    app.add_option("INPUT", options->input,
                   "a WAV or FLAC file, or - for raw 16 kHz 16-bit samples on standard input")
        ->required()
        ->type_name(apps::kReads);
    add_model_options(app, options->files);
    app.add_option("--board", options->board,
                   "also run the firmware on this emulated board (`verge boards`)");
    app.add_option("--gate", options->gate_ratio,
                   "the network sleeps until a sound has N/4 times the energy of the room; 0: it "
                   "never sleeps");
    app.add_option("--picture", options->picture, "write what was heard as an SVG")
        ->type_name(apps::kWrites);
    return [options] { return act(*options); };
}

}  // namespace verge::spotter
