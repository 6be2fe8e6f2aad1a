// verge emulate: a model as firmware on an emulated board: outputs, instructions, memory.

#include <algorithm>
#include <numeric>

#include "apps/verge/board_inference.hpp"
#include "apps/verge/options.hpp"
#include "apps/verge/verb.hpp"

namespace verge::apps {
namespace {

struct Options {
    std::string model;
    std::string board;
    std::string form = "interpreter";
    TensorOptions tensors;
    std::uint32_t runs = 1;
    std::uint64_t timeout_s = 300;
};

/// The mean of all runs.
std::uint64_t instructions_of_a_run(const BoardRun& run) {
    const std::uint64_t all =
        std::accumulate(run.intervals.begin() + 1, run.intervals.end(), std::uint64_t{0});
    const std::uint64_t runs = run.intervals.size() - 1;
    return (all + runs / 2) / runs;
}

Json report_of(const Firmware& firmware, const BoardRun& run) {
    const FirmwareSizes& sizes = firmware.sizes;
    return {{"board", firmware.board.name},
            {"instructions", instructions_of_a_run(run)},
            {"runs", run.intervals.size() - 1},
            {"startup_instructions", run.intervals[0]},
            {"text_bytes", sizes.text},
            {"rodata_bytes", sizes.rodata},
            {"model_bytes", sizes.weights},
            {"data_bytes", sizes.data},
            {"bss_bytes", sizes.bss},
            {"arena_bytes", sizes.arena},
            {"stack_bytes", run.printed("stack")}};
}

std::string table_of(const Json& report) {
    const auto number = [&](const char* key) { return grouped(report[key].get<std::uint64_t>()); };
    return "instructions  " + number("instructions") + " an inference, " +
           number("startup_instructions") + " at start-up\nflash         " + number("text_bytes") +
           " text, " + number("rodata_bytes") + " constants of the code, " + number("model_bytes") +
           " model (" + number("weights_bytes") + " weights)\nRAM           " +
           number("arena_bytes") + " arena, " + number("data_bytes") + " data, " +
           number("bss_bytes") + " bss, " + number("stack_bytes") + " stack\n";
}

Answer no(const Board& board, const Error& error) {
    Answer answer;
    answer.is_no = true;
    answer.json = {{"board", board.name}, {"fits", false}, {"reasons", {error.message()}}};
    answer.text = "does not fit " + std::string(board.name) + ": " + error.message() + "\n";
    return answer;
}

/// Boots the firmware on the inputs and reports.
Outcome<Answer> run_firmware(const BoardModel& model,
                             const Tensors& inputs,
                             std::uint64_t weights_bytes,
                             const Options& options) {
    VERGE_ASSIGN(const BoardInference result, infer(model, inputs, options.timeout_s * 1000));
    if (!options.tensors.output.empty()) {
        VERGE_CHECK(write_outputs(options.tensors.output, model.outputs, result.outputs,
                                  options.tensors.dequantises));
    }
    Answer answer;
    answer.json = report_of(model.firmware, result.run);
    answer.json["weights_bytes"] = weights_bytes;
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
    VERGE_ASSIGN(BoardPlan plan, open_board_plan(options.model, *board, options.runs));
    VERGE_CHECK(check_output(options.tensors.output, plan.outputs));
    VERGE_ASSIGN(const Tensors inputs,
                 read_inputs(plan.inputs, options.tensors.inputs, {options.tensors.quantises}));
    const std::uint64_t weights_bytes = plan.weights_bytes;
    const auto model = build_board_model(std::move(plan), form);
    if (!model.ok() && model.error().code == Code::refused) {
        return no(*board, model.error());
    }
    if (!model.ok()) {
        return model.error();
    }
    return run_firmware(model.value(), inputs, weights_bytes, options);
}

}  // namespace

std::function<Outcome<Answer>()> prepare_emulate(CLI::App& app) {
    auto options = std::make_shared<Options>();
    add_model(app, options->model, "a .tflite file or a plan for the board");
    add_tensor_options(app, options->tensors);
    app.add_option("--board", options->board, "a board of `verge boards`")
        ->required()
        ->type_name("NAME")
        ->group("Firmware");
    app.add_option("--form", options->form, "interpreter, or emitted: direct kernel calls")
        ->check(one_of({"interpreter", "emitted"}))
        ->type_name("NAME")
        ->default_str("interpreter")
        ->group("Firmware");
    app.add_option("--runs", options->runs,
                   "the inputs hold those of this many runs, one behind the other, and what the "
                   "model keeps lives from run to run")
        ->check(whole_number(1, 1'000'000))
        ->type_name("N")
        ->default_str("1")
        ->group("Firmware");
    app.add_option("--timeout", options->timeout_s, "seconds that the emulation may take")
        ->check(whole_number(1, 86400))
        ->type_name("S")
        ->default_str("300")
        ->group("Firmware");
    return [options] { return act(*options); };
}

}  // namespace verge::apps
