#pragma once
// Changes fields of a plan in place: tensors, steps, operands, attributes, ports, memory,
// constants.

#include <cstddef>
#include <cstdint>
#include <span>

namespace verge::fuzz {

/// Makes one to four changes. False, and nothing is changed, when the bytes have no section table.
bool mutate_plan(std::span<std::byte> bytes, std::uint32_t seed);

}  // namespace verge::fuzz
