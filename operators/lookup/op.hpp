#pragma once
// lookup: any function of one 8-bit number, as a table of its 256 values.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x (8-bit), table u8 [256]: at the byte of x stands the byte of the output.
/// Output: 8-bit, the shape of x.
struct Lookup {
    std::int32_t reserved;  // 0
};

static_assert(sizeof(Lookup) == 4 && std::is_trivially_copyable_v<Lookup>);

inline constexpr std::uint32_t kLookupTable = 256;

}  // namespace verge
