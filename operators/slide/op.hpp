#pragma once
// slide: a state moves down and takes new elements in at its end.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Inputs: x of any type, and a state of the same type with at least as many elements. Output: the
/// state again, for it is read and written: its first elements fall out, the others move to the
/// front, those of x stand behind them.
struct Slide {
    std::int32_t reserved;  // zero
};

static_assert(sizeof(Slide) == 4 && std::is_trivially_copyable_v<Slide>);

}  // namespace verge
