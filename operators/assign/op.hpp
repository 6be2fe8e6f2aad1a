#pragma once
// assign: copies a value into a variable, which keeps it from run to run.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Input: x of any type and shape. Output: the variable, a state of the same type and as many
/// elements.
struct Assign {
    std::int32_t reserved;  // zero
};

static_assert(sizeof(Assign) == 4 && std::is_trivially_copyable_v<Assign>);

}  // namespace verge
