// A firmware that gets into the trouble that the host file trouble.txt names by its first letter,
// so that a test can see the port end it: p(anic), w(ild write), d(eep stack), r(eset).

#include <array>
#include <cstddef>
#include <cstdint>

#include "ports/board.hpp"
#include "ports/host_files.hpp"

namespace {

namespace board = verge::board;

constexpr std::uintptr_t kNowhere = 0xF0000000;
constexpr std::size_t kMoreThanTheStack = 20000;
constexpr std::byte kBeenHere{42};
constexpr int kRestartedStatus = 5;

void write_wildly() {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): a register's address is a number
    *reinterpret_cast<volatile std::uint32_t*>(kNowhere) = 1;
}

void use_too_much_stack() {
    std::array<volatile std::byte, kMoreThanTheStack> large;  // NOLINT: touched, not read
    large[0] = std::byte{1};
}

/// The flash keeps its bytes over a reset: the second time round, the mark is there.
int restart_once() {
    std::array<std::byte, 1> mark{};
    if (board::flash_read(0, mark) && mark[0] == kBeenHere) {
        board::put_text("restarted\n");
        return kRestartedStatus;
    }
    mark[0] = kBeenHere;
    if (board::flash_write(0, mark)) {
        board::reset();
    }
    return 1;
}

std::byte trouble_asked_for() {
    std::array<std::byte, 1> letter{};
    const auto file = board::open_host_file("trouble.txt", board::HostMode::read);
    const bool found = board::read_host_file(file, letter) == 1;
    board::close_host_file(file);
    return found ? letter[0] : std::byte{0};
}

}  // namespace

int verge_main() {
    switch (static_cast<char>(trouble_asked_for())) {
        case 'p':
            board::panic("asked to");
        case 'w':
            write_wildly();
            break;
        case 'd':
            use_too_much_stack();
            break;
        case 'r':
            return restart_once();
        default:
            board::put_text("trouble.txt names no trouble: p, w, d or r\n");
            break;
    }
    return 1;
}
