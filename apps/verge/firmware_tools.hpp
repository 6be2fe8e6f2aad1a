#pragma once
// What builds and runs firmware: the source tree, the cross-built libraries, compilers and QEMU.

#include <string>
#include <vector>

#include "apps/verge/boards.hpp"
#include "base/outcome.hpp"
#include "platform/process.hpp"

namespace verge::apps {

/// How to compile and link for a board, as its CMake preset has written it (ports/CMakeLists.txt).
struct Recipe {
    std::vector<std::string> compile;    // the compiler and its options
    std::vector<std::string> link;       // the same for linking
    std::vector<std::string> libraries;  // behind the objects
};

/// The folder that holds ports/ and all else that firmware is made from: $VERGE_SOURCE, the tree
/// that this program was built from, or share/verge beside an installed program.
Outcome<std::string> source_tree();

/// The board's libraries, built on first use into the cache ($VERGE_CACHE or the user's), brought
/// up to date on later ones.
Outcome<Recipe> prepare_libraries(const Board& board);

/// The instruction counter for QEMU, compiled on first use: the path of the plugin.
Outcome<std::string> prepare_counter();

/// The path of QEMU for this board.
Outcome<std::string> find_qemu(const Board& board);

/// Runs a tool; an exit code other than 0 is an Error with the end of what it said.
Outcome<platform::ProcessResult> run_tool(const platform::Command& command);

}  // namespace verge::apps
