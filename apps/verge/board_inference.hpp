#pragma once
// One inference on an emulated board: a model as firmware, inputs in, outputs and counts out.

#include <cstdint>
#include <string>
#include <vector>

#include "apps/verge/firmware.hpp"
#include "apps/verge/tensors.hpp"
#include "base/outcome.hpp"

namespace verge::apps {

/// A model as a plan for a board.
struct BoardPlan {
    const Board* board;
    std::vector<std::byte> bytes;
    std::uint64_t weights_bytes;  // constants
    std::vector<PortInfo> inputs;
    std::vector<PortInfo> outputs;
    std::uint32_t runs = 1;
};

/// A model that is linked into a firmware.
struct BoardModel {
    Firmware firmware;
    std::vector<PortInfo> inputs;
    std::vector<PortInfo> outputs;
};

/// Compiles the model for the board. With several `runs` each port has those of all of them, one
/// behind the other.
Outcome<BoardPlan> open_board_plan(const std::string& model,
                                   const Board& board,
                                   std::uint32_t runs = 1);

/// Builds the firmware. Code::refused: it does not fit. Several runs need the interpreter.
Outcome<BoardModel> build_board_model(BoardPlan plan, Form form);

/// The two, one after the other.
Outcome<BoardModel> open_board_model(const std::string& model,
                                     const Board& board,
                                     Form form = Form::interpreter);

/// The board of that name; the Error lists them.
Outcome<const Board*> board_of(const std::string& name);

struct BoardInference {
    Tensors outputs;
    BoardRun run;  // intervals[0]: instructions of the start-up, then those of each run
};

/// Boots the firmware on the inputs (the bytes of each, in order).
Outcome<BoardInference> infer(const BoardModel& model,
                              const Tensors& inputs,
                              std::uint64_t timeout_ms);

}  // namespace verge::apps
