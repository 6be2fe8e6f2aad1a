// The firmware of `verge emulate`: opens the plan, makes a runner, reads its inputs from files of
// the host, runs once between two markers and writes the outputs. Prints `stack 0x...`; when
// something is refused, `status 0x...` and `at 0x...`, and ends with 1.

#include <cstddef>
#include <cstdint>

#include "ports/common/firmware_runner.hpp"
#include "ports/common/port_files.hpp"
#include "ports/common/start.hpp"
#include "ports/markers.hpp"
#include "ports/stack.hpp"
#include "runtime/tiny/runner.hpp"

namespace verge::firmware {
namespace {

/// Reads the input ports, or writes the output ports.
void exchange_ports(const tiny::Runner& runner, bool outputs) {
    for (std::size_t i = 0; i < runner.plan().ports().size(); ++i) {
        const plan::Port& port = runner.plan().ports()[i];
        if ((port.is_output != 0) == outputs) {
            exchange(i, runner.port(i), outputs);
        }
    }
}

int main() {
    tiny::Runner runner;
    board::count_begin();
    const Fault fault = make_runner(runner);
    board::count_end();
    if (!fault.ok()) {
        return refuse(fault);
    }
    exchange_ports(runner, false);
    board::count_begin();
    runner.run();
    board::count_end();
    exchange_ports(runner, true);
    board::put_register("stack", static_cast<std::uint32_t>(board::stack_bytes_used()));
    return 0;
}

}  // namespace
}  // namespace verge::firmware

extern "C" int verge_main() {
    return verge::firmware::main();
}
