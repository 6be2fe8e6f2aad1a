#pragma once
// Inputs and outputs of a model as files of the host: "in00" to "in31" and "out00" to "out31", by
// port. Freestanding; emulation firmware only.

#include <array>
#include <cstddef>
#include <span>

#include "ports/board.hpp"
#include "ports/host_files.hpp"

namespace verge::firmware {

/// The file of a port on the host.
inline board::HostFile open_port(std::size_t index, bool is_output) {
    std::array<char, 8> name =
        is_output ? std::array<char, 8>{'o', 'u', 't'} : std::array<char, 8>{'i', 'n'};
    const std::size_t end = is_output ? 3 : 2;
    name[end] = static_cast<char>('0' + index / 10);
    name[end + 1] = static_cast<char>('0' + index % 10);
    return board::open_host_file(name.data(),
                                 is_output ? board::HostMode::write : board::HostMode::read);
}

/// Reads an input, or writes an output.
inline void exchange(std::size_t index, std::span<std::byte> bytes, bool is_output) {
    const board::HostFile file = open_port(index, is_output);
    const bool is_whole = is_output ? board::write_host_file(file, bytes)
                                    : board::read_host_file(file, bytes) == bytes.size();
    if (!is_whole) {
        board::panic("a file of a port is too short or cannot be written");
    }
    board::close_host_file(file);
}

}  // namespace verge::firmware
