#include "graph/constant_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

namespace verge::graph {
namespace {

using plan::Type;

template <typename T>
T load(std::span<const std::byte> bytes, std::size_t index) {
    T value{};
    std::memcpy(&value, bytes.data() + index * sizeof(T), sizeof(T));
    return value;
}

template <typename T>
void store(std::span<std::byte> bytes, std::size_t index, T value) {
    std::memcpy(bytes.data() + index * sizeof(T), &value, sizeof(T));
}

template <typename T>
std::string print_number(T value, int base = 10) {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, base).ptr;
    return {buffer.data(), end};
}

template <typename Float, typename Bits>
std::string print_real(Float value) {
    if (std::isnan(value)) {
        Bits bits{};
        std::memcpy(&bits, &value, sizeof bits);
        return "0x" + print_number(bits, 16);
    }
    std::array<char, 40> buffer{};
    return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr};
}

template <typename T>
std::optional<T> parse_number(std::string_view text, int base) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) {
        return std::nullopt;
    }
    return value;
}

template <typename Float, typename Bits>
std::optional<Float> parse_real(std::string_view text) {
    if (text.starts_with("0x")) {
        const auto bits = parse_number<Bits>(text.substr(2), 16);
        if (!bits) {
            return std::nullopt;
        }
        Float value{};
        std::memcpy(&value, &*bits, sizeof value);
        return value;
    }
    Float value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

template <typename T>
bool store_integer(std::string_view text, std::span<std::byte> bytes, std::size_t index) {
    constexpr auto kLow = static_cast<std::int64_t>(std::numeric_limits<T>::min());
    constexpr auto kHigh = static_cast<std::int64_t>(std::numeric_limits<T>::max());
    const auto value = parse_integer(text, kLow, kHigh);
    if (value) {
        store(bytes, index, static_cast<T>(*value));
    }
    return value.has_value();
}

template <typename T, typename Value>
bool store_if(const std::optional<Value>& value, std::span<std::byte> bytes, std::size_t index) {
    if (value) {
        store(bytes, index, static_cast<T>(*value));
    }
    return value.has_value();
}

/// Low nibble first.
std::int32_t load_nibble(std::span<const std::byte> bytes, std::size_t index) {
    const auto byte = static_cast<std::uint32_t>(bytes[index / 2]);
    const std::uint32_t nibble = index % 2 == 0 ? byte & 0xfU : byte >> 4U;
    return static_cast<std::int32_t>(nibble ^ 8U) - 8;
}

void store_nibble(std::span<std::byte> bytes, std::size_t index, std::int64_t value) {
    const auto nibble = static_cast<std::uint32_t>(value) & 0xfU;
    const auto byte = static_cast<std::uint32_t>(bytes[index / 2]);
    const std::uint32_t whole =
        index % 2 == 0 ? (byte & 0xf0U) | nibble : (byte & 0xfU) | nibble << 4U;
    bytes[index / 2] = static_cast<std::byte>(whole);
}

/// A linear congruential generator; the high bits are the good ones.
std::uint32_t next_random(std::uint32_t& state) {
    state = state * 1664525U + 1013904223U;
    return state >> 8U;
}

}  // namespace

std::string print_float(float value) {
    return print_real<float, std::uint32_t>(value);
}

std::optional<float> parse_float(std::string_view text) {
    return parse_real<float, std::uint32_t>(text);
}

std::optional<std::int64_t> parse_integer(std::string_view text,
                                          std::int64_t low,
                                          std::int64_t high) {
    const bool is_hex = text.starts_with("0x");
    const auto value = parse_number<std::int64_t>(is_hex ? text.substr(2) : text, is_hex ? 16 : 10);
    return value && *value >= low && *value <= high ? value : std::nullopt;
}

void print_element(std::string& text,
                   Type type,
                   std::span<const std::byte> bytes,
                   std::size_t index) {
    switch (type) {
        case Type::f32:
            text += print_float(load<float>(bytes, index));
            return;
        case Type::f64:
            text += print_real<double, std::uint64_t>(load<double>(bytes, index));
            return;
        case Type::f16:
            text += "0x" + print_number(load<std::uint16_t>(bytes, index), 16);
            return;
        case Type::s8:
            text += print_number(static_cast<int>(load<std::int8_t>(bytes, index)));
            return;
        case Type::s16:
            text += print_number(load<std::int16_t>(bytes, index));
            return;
        case Type::u16:
            text += print_number(load<std::uint16_t>(bytes, index));
            return;
        case Type::s32:
            text += print_number(load<std::int32_t>(bytes, index));
            return;
        case Type::u32:
            text += print_number(load<std::uint32_t>(bytes, index));
            return;
        case Type::s64:
            text += print_number(load<std::int64_t>(bytes, index));
            return;
        case Type::u64:
            text += print_number(load<std::uint64_t>(bytes, index));
            return;
        case Type::s4:
            text += print_number(load_nibble(bytes, index));
            return;
        default:
            text += print_number(static_cast<int>(load<std::uint8_t>(bytes, index)));
    }
}

bool parse_element(std::string_view text,
                   Type type,
                   std::span<std::byte> bytes,
                   std::size_t index) {
    switch (type) {
        case Type::f32:
            return store_if<float>(parse_float(text), bytes, index);
        case Type::f64:
            return store_if<double>(parse_real<double, std::uint64_t>(text), bytes, index);
        case Type::s8:
            return store_integer<std::int8_t>(text, bytes, index);
        case Type::s16:
            return store_integer<std::int16_t>(text, bytes, index);
        case Type::f16:
        case Type::u16:
            return store_integer<std::uint16_t>(text, bytes, index);
        case Type::s32:
            return store_integer<std::int32_t>(text, bytes, index);
        case Type::u32:
            return store_integer<std::uint32_t>(text, bytes, index);
        case Type::s64:
            return store_integer<std::int64_t>(text, bytes, index);
        case Type::u64:
            return store_if<std::uint64_t>(parse_number<std::uint64_t>(text, 10), bytes, index);
        case Type::s4: {
            const auto value = parse_integer(text, -8, 7);
            store_nibble(bytes, index, value.value_or(0));
            return value.has_value();
        }
        default:
            return store_integer<std::uint8_t>(text, bytes, index);
    }
}

void fill_random(std::uint32_t seed, Type type, std::span<std::byte> bytes, std::size_t count) {
    std::uint32_t state = seed;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t bits = next_random(state);
        const auto small = static_cast<std::int32_t>(bits % 2001U) - 1000;
        switch (type) {
            case Type::f32:
                store(bytes, i, static_cast<float>(bits & 0xffffU) / 32768.0F - 1.0F);
                break;
            case Type::f64:
                store(bytes, i, static_cast<double>(bits & 0xffffU) / 32768.0 - 1.0);
                break;
            case Type::f16:
                store(bytes, i, static_cast<std::uint16_t>(0x3c00U | (bits & 0x3ffU)));
                break;
            case Type::s16:
                store(bytes, i, static_cast<std::int16_t>(small));
                break;
            case Type::u16:
                store(bytes, i, static_cast<std::uint16_t>(bits % 1001U));
                break;
            case Type::s32:
                store(bytes, i, small);
                break;
            case Type::u32:
                store(bytes, i, bits % 1001U);
                break;
            case Type::s64:
                store(bytes, i, static_cast<std::int64_t>(small));
                break;
            case Type::u64:
                store(bytes, i, static_cast<std::uint64_t>(bits % 1001U));
                break;
            case Type::b8:
                store(bytes, i, static_cast<std::uint8_t>(bits & 1U));
                break;
            case Type::s4:
                store_nibble(bytes, i, static_cast<std::int64_t>(bits % 16U) - 8);
                break;
            default:
                store(bytes, i, static_cast<std::uint8_t>(bits >> 4U));
        }
    }
}

std::uint64_t hash_bytes(std::span<const std::byte> bytes) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const std::byte byte : bytes) {
        hash = (hash ^ static_cast<std::uint64_t>(byte)) * 0x100000001b3U;
    }
    return hash;
}

}  // namespace verge::graph
