// What every emulated board does through semihosting: console, host files, entropy and the end.

#include <array>
#include <cstdint>
#include <cstring>

#include "ports/board.hpp"
#include "ports/common/semihost.hpp"
#include "ports/host_files.hpp"

namespace verge::board {
namespace {

constexpr std::uintptr_t kApplicationExit = 0x20026;

std::uintptr_t word_of(const void* pointer) {
    return reinterpret_cast<std::uintptr_t>(pointer);
}

std::uintptr_t handle_of(HostFile file) {
    return static_cast<std::uintptr_t>(file);
}

}  // namespace

HostFile open_host_file(const char* path, HostMode mode) {
    const std::array<std::uintptr_t, 3> block{word_of(path), static_cast<std::uintptr_t>(mode),
                                              std::strlen(path)};
    return static_cast<HostFile>(verge_semihost(Semihost::open, block.data()));
}

std::int32_t host_file_size(HostFile file) {
    const std::array<std::uintptr_t, 1> block{handle_of(file)};
    return static_cast<std::int32_t>(verge_semihost(Semihost::file_length, block.data()));
}

std::size_t read_host_file(HostFile file, std::span<std::byte> into) {
    const std::array<std::uintptr_t, 3> block{handle_of(file), word_of(into.data()), into.size()};
    const auto unread = static_cast<std::size_t>(verge_semihost(Semihost::read, block.data()));
    return unread <= into.size() ? into.size() - unread : 0;
}

bool write_host_file(HostFile file, std::span<const std::byte> from) {
    const std::array<std::uintptr_t, 3> block{handle_of(file), word_of(from.data()), from.size()};
    return verge_semihost(Semihost::write, block.data()) == 0;
}

void close_host_file(HostFile file) {
    const std::array<std::uintptr_t, 1> block{handle_of(file)};
    verge_semihost(Semihost::close, block.data());
}

void stop(int status) {
    const std::array<std::uintptr_t, 2> block{kApplicationExit,
                                              static_cast<std::uintptr_t>(status)};
    for (;;) {
        verge_semihost(Semihost::exit_extended, block.data());
    }
}

void put_text(const char* text) {
    verge_semihost(Semihost::put_text, text);
}

void panic(const char* reason) {
    put_text("verge: panic: ");
    put_text(reason);
    put_text("\n");
    stop(kPanicStatus);
}

void random(std::span<std::byte> into) {
    const HostFile source = open_host_file("/dev/urandom", HostMode::read);
    if (source == HostFile::none || read_host_file(source, into) != into.size()) {
        panic("the host gives no random bytes from /dev/urandom");
    }
    close_host_file(source);
}

}  // namespace verge::board
