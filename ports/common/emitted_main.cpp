// The firmware of `verge emulate --form emitted`: as firmware_main.cpp, around direct kernel calls.

#include <cstdint>

#include "ports/common/emitted_model.hpp"
#include "ports/common/port_files.hpp"
#include "ports/common/start.hpp"
#include "ports/markers.hpp"
#include "ports/stack.hpp"

namespace verge::emitted {
namespace {

/// Reads the input ports, or writes the output ports.
void exchange_ports(bool outputs) {
    for (std::size_t i = 0; i < ports().size(); ++i) {
        const Port& port = ports()[i];
        if (port.is_output == outputs) {
            firmware::exchange(i, {port.data, port.bytes}, outputs);
        }
    }
}

}  // namespace
}  // namespace verge::emitted

extern "C" int verge_main() {
    using namespace verge;
    board::count_begin();
    emitted::reset();
    board::count_end();
    emitted::exchange_ports(false);
    board::count_begin();
    emitted::run();
    board::count_end();
    emitted::exchange_ports(true);
    board::put_register("stack", static_cast<std::uint32_t>(board::stack_bytes_used()));
    return 0;
}
