// verge emulate: a model as firmware on an emulated board: outputs, instructions, memory.

#include <algorithm>

#include "apps/verge/board_inference.hpp"
#include "apps/verge/verb.hpp"

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
Outcome<Answer> run_firmware(const BoardModel& model, const Options& options) {
    std::vector<InputFile> files;
    std::ranges::transform(options.inputs, std::back_inserter(files), parse_input);
    VERGE_ASSIGN(const Tensors data, read_inputs(model.inputs, files, options.read));
    VERGE_ASSIGN(const BoardInference result, infer(model, data, options.timeout_s * 1000));
    if (!options.output.empty()) {
        VERGE_CHECK(
            write_outputs(options.output, model.outputs, result.outputs, options.dequantises));
    }
    Answer answer;
    answer.json = report_of(model.firmware, result.run);
    answer.json["form"] = options.form;
    answer.json["outputs"] = outputs_json(model.outputs, result.outputs);
    for (std::size_t i = 0; i < model.outputs.size(); ++i) {
        answer.text += describe(model.outputs[i]) + ", fnv1a " +
                       std::to_string(fnv1a(result.outputs[i])) + "\n";
    }
    answer.text += table_of(answer.json);
    return answer;
}

Outcome<Answer> act(const Options& options) {
    VERGE_ASSIGN(const Board* board, board_of(options.board));
    const Form form = options.form == "emitted" ? Form::emitted : Form::interpreter;
    const auto model = open_board_model(options.model, *board, form);
    if (!model.ok() && model.error().code == Code::refused) {
        return no(*board, model.error());
    }
    if (!model.ok()) {
        return model.error();
    }
    return run_firmware(model.value(), options);
}

}  // namespace

std::function<Outcome<Answer>()> prepare_emulate(CLI::App& app) {
    auto options = std::make_shared<Options>();
    app.add_option("MODEL", options->model, "a .tflite file or a plan for the board")->required();
    app.add_option("--board", options->board, "a board of `verge boards`")->required();
    app.add_option("--form", options->form, "interpreter or emitted")
        ->check(CLI::IsMember({"interpreter", "emitted"}));
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
