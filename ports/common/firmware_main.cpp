// The firmware of `verge emulate`: opens the plan, makes a runner, reads its inputs from files of
// the host, runs once between two markers and writes the outputs. Prints `stack 0x...`; when
// something is refused, `status 0x...` and `at 0x...`, and ends with 1.

#include <array>
#include <cstddef>
#include <cstdint>

#include "ports/board.hpp"
#include "ports/common/firmware_model.hpp"
#include "ports/common/start.hpp"
#include "ports/host_files.hpp"
#include "ports/markers.hpp"
#include "ports/stack.hpp"
#include "runtime/tiny/runner.hpp"

namespace verge::firmware {
namespace {

/// "in00" to "in31" and "out00" to "out31", by port.
using PortFile = std::array<char, 8>;

PortFile port_file(const plan::Port& port, std::size_t index) {
    PortFile name{'i', 'n'};
    std::size_t end = 2;
    if (port.is_output != 0) {
        name = {'o', 'u', 't'};
        end = 3;
    }
    name[end] = static_cast<char>('0' + index / 10);
    name[end + 1] = static_cast<char>('0' + index % 10);
    return name;
}

Fault start(tiny::Runner& runner) {
    const Result<plan::View> view = plan::View::open(plan());
    VERGE_TRY(view.fault());
    const Result<tiny::Runner> made =
        tiny::Runner::create(view.value(), {.main = workspace()}, {.kernels = kernels()});
    runner = made.value();
    return made.fault();
}

/// Reads the input ports, or writes the output ports.
void exchange(const tiny::Runner& runner, bool outputs) {
    for (std::size_t i = 0; i < runner.plan().ports().size(); ++i) {
        const plan::Port& port = runner.plan().ports()[i];
        if ((port.is_output != 0) != outputs) {
            continue;
        }
        const board::HostMode mode = outputs ? board::HostMode::write : board::HostMode::read;
        const board::HostFile file = board::open_host_file(port_file(port, i).data(), mode);
        const std::span<std::byte> bytes = runner.port(i);
        const bool is_whole = outputs ? board::write_host_file(file, bytes)
                                      : board::read_host_file(file, bytes) == bytes.size();
        if (!is_whole) {
            board::panic("a file of a port is too short or cannot be written");
        }
        board::close_host_file(file);
    }
}

int main() {
    tiny::Runner runner;
    board::count_begin();
    const Fault fault = start(runner);
    board::count_end();
    if (!fault.ok()) {
        board::put_register("status", static_cast<std::uint32_t>(fault.status));
        board::put_register("at", fault.at);
        return 1;
    }
    exchange(runner, false);
    board::count_begin();
    runner.run();
    board::count_end();
    exchange(runner, true);
    board::put_register("stack", static_cast<std::uint32_t>(board::stack_bytes_used()));
    return 0;
}

}  // namespace
}  // namespace verge::firmware

extern "C" int verge_main() {
    return verge::firmware::main();
}
