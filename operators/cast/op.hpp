#pragma once
// cast: numbers of one type as numbers of another.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x of any number type, and an output of its shape and any number type.
struct Cast {
    std::int32_t reserved;  // 0
};

static_assert(sizeof(Cast) == 4 && std::is_trivially_copyable_v<Cast>);

}  // namespace verge
