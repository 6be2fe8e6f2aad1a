// Descriptors: reading and writing that goes on after a signal, and errors in words.

#include "platform/descriptor.hpp"

#include <cerrno>
#include <system_error>

#include <unistd.h>

namespace verge::platform {

void Descriptor::close() noexcept {
    if (number_ >= 0) {
        ::close(std::exchange(number_, -1));
    }
}

Error os_error(std::string_view action, std::string_view path, int number) {
    std::string what = "cannot " + std::string(action) + " it: ";
    what += std::generic_category().message(number);
    return Error{Code::io, std::move(what), {}, {}}.within(path);
}

Outcome<std::size_t> read_some(int descriptor, std::span<std::byte> into, std::string_view path) {
    for (;;) {
        const ssize_t got = ::read(descriptor, into.data(), into.size());
        if (got >= 0) {
            return static_cast<std::size_t>(got);
        }
        if (errno != EINTR) {
            return os_error("read", path, errno);
        }
    }
}

Done write_all(int descriptor, std::span<const std::byte> bytes, std::string_view path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            return os_error("write", path, errno);
        }
    }
    return done();
}

}  // namespace verge::platform
