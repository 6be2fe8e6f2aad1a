// verge emulate: a model as firmware on an emulated board: outputs, instructions, memory.

#include <algorithm>

#include "apps/verge/firmware.hpp"
#include "apps/verge/model.hpp"
#include "apps/verge/tensors.hpp"
#include "apps/verge/verb.hpp"
#include "runtime/fast/aligned.hpp"
#include "runtime/fast/plan_file.hpp"

namespace verge::apps {
namespace {

struct Options {
    std::string model;
    std::string board;
    std::string form = "interpreter";
    std::vector<std::string> inputs;
    std::string output;
    ReadOptions read;
    bool dequantises = false;
    std::uint64_t timeout_s = 300;
};

using Tensors = std::vector<std::vector<std::byte>>;

Outcome<const Board*> board_of(const std::string& name) {
    if (const Board* board = find_board(name)) {
        return board;
    }
    std::string names;
    for (const Board& board : all_boards()) {
        names += (names.empty() ? "" : ", ") + std::string(board.name);
    }
    return bad_input("there is no board '" + name + "'", "one of " + names,
                     "`verge boards` describes them");
}

/// As ports/common/firmware_main.cpp names the file of a port.
std::string port_file(const char* kind, const PortInfo& port) {
    const std::string number = std::to_string(port.index);
    return kind + std::string(2 - std::min<std::size_t>(2, number.size()), '0') + number;
}

Outcome<Tensors> outputs_of(const BoardRun& run, const std::vector<PortInfo>& ports) {
    Tensors outputs;
    for (const PortInfo& port : ports) {
        const auto found = run.files.find(port_file("out", port));
        if (found == run.files.end() || found->second.size() != port.bytes) {
            return Error{
                Code::io, "the firmware wrote no whole output '" + port.name + "'", {}, {}};
        }
        outputs.push_back(found->second);
    }
    return outputs;
}

Done check_end(const BoardRun& run) {
    if (run.exit_code == 0 && run.intervals.size() == 2) {
        return done();
    }
    if (const std::uint64_t status = run.printed("status"); status != 0) {
        return fast::explain(
            {static_cast<Status>(status), static_cast<std::uint32_t>(run.printed("at"))},
            "firmware");
    }
    return Error{
        Code::io,
        "the firmware ended with " + std::to_string(run.exit_code) + "; it said:\n" + run.console,
        {},
        {}};
}

Json report_of(const Firmware& firmware, const BoardRun& run) {
    const FirmwareSizes& sizes = firmware.sizes;
    return {{"board", firmware.board.name},
            {"instructions", run.intervals[1]},
            {"startup_instructions", run.intervals[0]},
            {"text_bytes", sizes.text},
            {"rodata_bytes", sizes.rodata},
            {"weights_bytes", sizes.weights},
            {"data_bytes", sizes.data},
            {"bss_bytes", sizes.bss},
            {"arena_bytes", sizes.arena},
            {"stack_bytes", run.printed("stack")}};
}

std::string table_of(const Json& report) {
    const auto number = [&](const char* key) { return grouped(report[key].get<std::uint64_t>()); };
    return "instructions  " + number("instructions") + " an inference, " +
           number("startup_instructions") + " at start-up\nflash         " + number("text_bytes") +
           " text, " + number("rodata_bytes") + " constants of the code, " +
           number("weights_bytes") + " model\nRAM           " + number("arena_bytes") + " arena, " +
           number("data_bytes") + " data, " + number("bss_bytes") + " bss, " +
           number("stack_bytes") + " stack\n";
}

Answer no(const Board& board, const Error& error) {
    Answer answer;
    answer.is_no = true;
    answer.json = {{"board", board.name}, {"fits", false}, {"reasons", {error.message()}}};
    answer.text = "does not fit " + std::string(board.name) + ": " + error.message() + "\n";
    return answer;
}

/// Boots the firmware on the inputs and reports.
Outcome<Answer> run_firmware(const Firmware& firmware,
                             const plan::View& plan,
                             const Options& options) {
    const std::vector<PortInfo> inputs = ports_of(plan, false);
    const std::vector<PortInfo> outputs = ports_of(plan, true);
    std::vector<InputFile> files;
    std::ranges::transform(options.inputs, std::back_inserter(files), parse_input);
    VERGE_ASSIGN(const Tensors data, read_inputs(inputs, files, options.read));
    BootOptions how{.timeout_ms = options.timeout_s * 1000};
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        how.files[port_file("in", inputs[i])] = data[i];
    }
    VERGE_ASSIGN(const BoardRun run, boot(firmware, how));
    VERGE_CHECK(check_end(run));
    VERGE_ASSIGN(const Tensors results, outputs_of(run, outputs));
    if (!options.output.empty()) {
        VERGE_CHECK(write_outputs(options.output, outputs, results, options.dequantises));
    }
    Answer answer;
    answer.json = report_of(firmware, run);
    answer.json["form"] = options.form;
    answer.json["outputs"] = outputs_json(outputs, results);
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        answer.text += describe(outputs[i]) + ", fnv1a " + std::to_string(fnv1a(results[i])) + "\n";
    }
    answer.text += table_of(answer.json);
    return answer;
}

Outcome<Answer> act(const Options& options) {
    VERGE_ASSIGN(const Board* board, board_of(options.board));
    VERGE_ASSIGN(const Place place, find_place(options.board));
    VERGE_ASSIGN(std::vector<std::byte> bytes, load_plan(options.model, place.target));
    const fast::AlignedBytes aligned(bytes);
    const Result<plan::View> plan = plan::View::open(aligned.bytes());
    if (!plan.ok()) {
        return fast::explain(plan.fault(), options.model);
    }
    const auto firmware = build_firmware({.board = board, .plan = std::move(bytes)});
    if (!firmware.ok() && firmware.error().code == Code::refused) {
        return no(*board, firmware.error());
    }
    if (!firmware.ok()) {
        return firmware.error();
    }
    return run_firmware(firmware.value(), plan.value(), options);
}

}  // namespace

std::function<Outcome<Answer>()> prepare_emulate(CLI::App& app) {
    auto options = std::make_shared<Options>();
    app.add_option("MODEL", options->model, "a .tflite file or a plan for the board")->required();
    app.add_option("--board", options->board, "a board of `verge boards`")->required();
    app.add_option("--form", options->form, "interpreter or emitted")
        ->check(CLI::IsMember({"interpreter"}));
    app.add_option("-i,--input", options->inputs,
                   ".npy, .npz or raw bytes; NAME=FILE where there are several inputs");
    app.add_option("-o,--output", options->output, "where the outputs go, as .npz or .npy");
    app.add_flag("--quantize-inputs", options->read.quantises,
                 "convert float data by the model's scale")
        ->group("Types");
    app.add_flag("--dequantize-outputs", options->dequantises,
                 "write float data by the model's scale")
        ->group("Types");
    app.add_option("--timeout", options->timeout_s, "seconds that the emulation may take")
        ->group("Running");
    return [options] { return act(*options); };
}

}  // namespace verge::apps
