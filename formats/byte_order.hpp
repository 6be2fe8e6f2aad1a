#pragma once
// Integers out of bytes and back, whatever the order of this machine.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace verge::formats {

/// The little-endian integer at `offset`. Precondition: offset + sizeof(T) <= bytes.size().
template <std::unsigned_integral T>
[[nodiscard]] constexpr T load_little(std::span<const std::byte> bytes, std::size_t offset) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        value |= std::to_integer<std::uint64_t>(bytes[offset + i]) << (8U * i);
    }
    return static_cast<T>(value);
}

/// The big-endian integer at `offset`. Precondition as above.
template <std::unsigned_integral T>
[[nodiscard]] constexpr T load_big(std::span<const std::byte> bytes, std::size_t offset) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        value = (value << 8U) | std::to_integer<std::uint64_t>(bytes[offset + i]);
    }
    return static_cast<T>(value);
}

/// Appends `value` in little-endian order.
template <std::unsigned_integral T>
constexpr void append_little(std::vector<std::byte>& bytes, T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        bytes.push_back(static_cast<std::byte>(std::uint64_t{value} >> (8U * i)));
    }
}

}  // namespace verge::formats
