#pragma once
// foreign: a part of the model that an accelerator runs from an opaque blob.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: the declared inputs, then the blob (a constant u8 vector) as the last input; outputs
/// and scratch as declared. The layout id of the step names the accelerator: 1..255. The steps
/// right behind it replace it on a machine without that accelerator.
struct Foreign {
    std::uint32_t replaces;  // how many steps behind this one do the same on a CPU
};

static_assert(sizeof(Foreign) == 4 && std::is_trivially_copyable_v<Foreign>);

}  // namespace verge
