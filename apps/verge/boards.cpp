#include "apps/verge/boards.hpp"

#include <algorithm>

#include "apps/verge/verb.hpp"

namespace verge::apps {
namespace {

constexpr Board kBoards[] = {
#define VERGE_BOARD(name, target, machine, cpu, ram, flash, description) \
    Board{name, target, machine, cpu, ram, flash, description},
#include "ports/boards.inc"
#undef VERGE_BOARD
};

Answer list() {
    Answer answer;
    answer.json["boards"] = Json::array();
    for (const Board& board : kBoards) {
        answer.json["boards"].push_back({{"name", board.name},
                                         {"target", board.target},
                                         {"ram_bytes", board.ram_bytes},
                                         {"flash_bytes", board.flash_bytes},
                                         {"description", board.description}});
        std::string line(board.name);
        line.resize(std::max<std::size_t>(line.size() + 1, 16), ' ');
        answer.text += line + std::string(board.description) + ", RAM " + grouped(board.ram_bytes) +
                       ", flash " + grouped(board.flash_bytes) + " bytes\n";
    }
    return answer;
}

}  // namespace

std::span<const Board> all_boards() {
    return kBoards;
}

const Board* find_board(std::string_view name) {
    const auto* found = std::ranges::find(kBoards, name, &Board::name);
    return found == std::end(kBoards) ? nullptr : found;
}

std::function<Outcome<Answer>()> prepare_boards(CLI::App&) {
    return [] { return Outcome<Answer>(list()); };
}

}  // namespace verge::apps
