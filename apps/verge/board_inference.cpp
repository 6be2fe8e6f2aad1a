#include "apps/verge/board_inference.hpp"

#include <algorithm>

#include "apps/verge/model.hpp"
#include "runtime/fast/aligned.hpp"

namespace verge::apps {
namespace {

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
    if (run.exit_code == 0 && run.intervals.size() >= 2) {
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

/// Empty for one run: the usual firmware.
std::vector<std::string> sources_for(std::uint32_t runs) {
    return runs == 1 ? std::vector<std::string>{}
                     : std::vector<std::string>{"ports/common/firmware_runs.cpp"};
}

/// Ports with room for several runs: a first axis counts them.
std::vector<PortInfo> repeated(std::vector<PortInfo> ports, std::uint32_t runs) {
    for (PortInfo& port : ports) {
        if (runs != 1) {
            port.bytes *= runs;
            port.shape.insert(port.shape.begin(), runs);
        }
    }
    return ports;
}

}  // namespace

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

Outcome<BoardPlan> open_board_plan(const std::string& model,
                                   const Board& board,
                                   std::uint32_t runs) {
    VERGE_ASSIGN(const Place place, find_place(std::string(board.name)));
    VERGE_ASSIGN(std::vector<std::byte> bytes, load_plan(model, place.target));
    const fast::AlignedBytes aligned(bytes);
    const Result<plan::View> opened = plan::View::open(aligned.bytes());
    if (!opened.ok()) {
        return fast::explain(opened.fault(), model);
    }
    const plan::View& plan = opened.value();
    return BoardPlan{&board,
                     std::move(bytes),
                     plan.constants().size(),
                     repeated(ports_of(plan, false), runs),
                     repeated(ports_of(plan, true), runs),
                     runs};
}

Outcome<BoardModel> build_board_model(BoardPlan plan, Form form) {
    if (plan.runs != 1 && form != Form::interpreter) {
        return bad_input("several runs of the emitted form", "--form interpreter");
    }
    VERGE_ASSIGN(Firmware firmware, build_firmware({.board = plan.board,
                                                    .plan = std::move(plan.bytes),
                                                    .form = form,
                                                    .sources = sources_for(plan.runs)}));
    return BoardModel{std::move(firmware), std::move(plan.inputs), std::move(plan.outputs)};
}

Outcome<BoardModel> open_board_model(const std::string& model, const Board& board, Form form) {
    VERGE_ASSIGN(BoardPlan plan, open_board_plan(model, board));
    return build_board_model(std::move(plan), form);
}

Outcome<BoardInference> infer(const BoardModel& model,
                              const Tensors& inputs,
                              std::uint64_t timeout_ms) {
    BootOptions how{.timeout_ms = timeout_ms};
    for (std::size_t i = 0; i < model.inputs.size(); ++i) {
        how.files[port_file("in", model.inputs[i])] = inputs[i];
    }
    VERGE_ASSIGN(BoardRun run, boot(model.firmware, how));
    VERGE_CHECK(check_end(run));
    VERGE_ASSIGN(Tensors outputs, outputs_of(run, model.outputs));
    return BoardInference{std::move(outputs), std::move(run)};
}

}  // namespace verge::apps
