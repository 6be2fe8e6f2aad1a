// The firmware of `verge emulate --runs`: as firmware_main.cpp, but it runs as often as its inputs
// hold one more run, one behind the other, and writes the outputs likewise. What the model keeps
// lives from run to run.

#include <array>
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

/// The files of all ports, open.
class OpenPorts {
public:
    explicit OpenPorts(const tiny::Runner& runner) : runner_(runner) {
        for (std::size_t i = 0; i < count(); ++i) {
            files_[i] = open_port(i, is_output(i));
        }
    }

    /// False when an input has no further run.
    bool read() {
        for (std::size_t i = 0; i < count(); ++i) {
            const std::span<std::byte> bytes = runner_.port(i);
            if (!is_output(i) && board::read_host_file(files_[i], bytes) != bytes.size()) {
                return false;
            }
        }
        return true;
    }

    void write() {
        for (std::size_t i = 0; i < count(); ++i) {
            if (is_output(i) && !board::write_host_file(files_[i], runner_.port(i))) {
                board::panic("a file of a port cannot be written");
            }
        }
    }

    void close() {
        for (std::size_t i = 0; i < count(); ++i) {
            board::close_host_file(files_[i]);
        }
    }

private:
    [[nodiscard]] std::size_t count() const { return runner_.plan().ports().size(); }

    [[nodiscard]] bool is_output(std::size_t port) const {
        return runner_.plan().ports()[port].is_output != 0;
    }

    const tiny::Runner& runner_;
    std::array<board::HostFile, plan::kMaxPorts> files_{};
};

int main() {
    tiny::Runner runner;
    board::count_begin();
    const Fault fault = make_runner(runner);
    board::count_end();
    if (!fault.ok()) {
        return refuse(fault);
    }
    OpenPorts ports(runner);
    while (ports.read()) {
        board::count_begin();
        runner.run();
        board::count_end();
        ports.write();
    }
    ports.close();
    board::put_register("stack", static_cast<std::uint32_t>(board::stack_bytes_used()));
    return 0;
}

}  // namespace
}  // namespace verge::firmware

extern "C" int verge_main() {
    return verge::firmware::main();
}
