#pragma once
// An open file descriptor that closes itself, and the words for what the operating system refused.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/outcome.hpp"

namespace verge::platform {

/// Owns one descriptor (or none: -1). Move-only.
class Descriptor {
public:
    Descriptor() = default;

    explicit Descriptor(int number) : number_(number) {}

    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    ~Descriptor() { close(); }

    void close() noexcept;

    [[nodiscard]] int get() const { return number_; }

    [[nodiscard]] bool is_open() const { return number_ >= 0; }

private:
    int number_ = -1;
};

/// "cannot <action>: <the system's words>", placed at `path`; `number` is an errno.
[[nodiscard]] Error os_error(std::string_view action, std::string_view path, int number);

/// Reads once, at most `into.size()` bytes; 0 is the end. Goes on after a signal.
[[nodiscard]] Outcome<std::size_t> read_some(int descriptor,
                                             std::span<std::byte> into,
                                             std::string_view path);

/// Writes all of `bytes`, however many calls it takes.
[[nodiscard]] Done write_all(int descriptor,
                             std::span<const std::byte> bytes,
                             std::string_view path);

}  // namespace verge::platform
