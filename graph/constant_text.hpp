#pragma once
// Elements of constants as text: one number of any element type, and whole constants.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.hpp"

namespace verge::graph {

/// The shortest text that reads back as the same bits; NaN prints as its bits (0x7fc00000).
[[nodiscard]] std::string print_float(float value);

[[nodiscard]] std::optional<float> parse_float(std::string_view text);

/// Decimal or 0x...; nothing when it is not a number or lies outside [low, high].
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text,
                                                        std::int64_t low,
                                                        std::int64_t high);

/// Appends element `index` of packed elements of `type`. f16 prints as its bits.
void print_element(std::string& text,
                   plan::Type type,
                   std::span<const std::byte> bytes,
                   std::size_t index);

/// Writes element `index`; false when `text` is no such number. Precondition: it lies in `bytes`.
[[nodiscard]] bool parse_element(std::string_view text,
                                 plan::Type type,
                                 std::span<std::byte> bytes,
                                 std::size_t index);

/// Pseudo-random elements, the same on every machine: floats in [-1, 1), 8-bit integers of the
/// whole range, wider ones in [-1000, 1000] (or [0, 1000]), f16 in [1, 2).
void fill_random(std::uint32_t seed,
                 plan::Type type,
                 std::span<std::byte> bytes,
                 std::size_t count);

/// FNV-1a, 64 bits.
[[nodiscard]] std::uint64_t hash_bytes(std::span<const std::byte> bytes);

}  // namespace verge::graph
