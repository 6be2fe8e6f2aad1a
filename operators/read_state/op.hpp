#pragma once
// read_state: copies a state as it is now, so that its readers do not see later changes.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Input: a state of any type. Output: a tensor of the same type and as many elements.
struct ReadState {
    std::int32_t reserved;  // zero
};

static_assert(sizeof(ReadState) == 4 && std::is_trivially_copyable_v<ReadState>);

}  // namespace verge
