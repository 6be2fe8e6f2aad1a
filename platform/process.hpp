#pragma once
// Other programs: finding them, and running one to its end with what it said. Never through a
// shell.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/outcome.hpp"

namespace verge::platform {

/// What to run. `arguments[0]` is a path, or a name that is looked for in PATH.
struct Command {
    std::vector<std::string> arguments;
    std::string input = {};        // what it finds on its standard input
    std::string folder = {};       // its working folder; empty: ours
    std::uint64_t timeout_ms = 0;  // 0: as long as it takes
    std::uint64_t output_limit_bytes = std::uint64_t{64} << 20;  // of each stream
};

/// How it ended. A program that was killed has `signal` set, and `exit_code` 128 + signal.
struct ProcessResult {
    int exit_code = 0;
    int signal = 0;
    bool timed_out = false;  // it was killed, with all that it had started, after timeout_ms
    std::string out;
    std::string err;
};

/// Runs to the end. An Error means that it could not be started, wrote more than the limit, or that
/// we were interrupted (it is killed then); an exit code other than 0 is no Error.
[[nodiscard]] Outcome<ProcessResult> run_process(const Command& command);

/// The path of an executable file: the name itself when it holds a '/', else looked for in PATH.
[[nodiscard]] Outcome<std::string> find_program(std::string_view name);

}  // namespace verge::platform
