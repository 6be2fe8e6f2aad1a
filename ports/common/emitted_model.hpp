#pragma once
// A model as direct kernel calls. Freestanding; `verge` writes the definitions
// (apps/verge/emitted.cpp).

#include <cstddef>
#include <span>

namespace verge::emitted {

struct Port {
    std::byte* data;
    std::size_t bytes;
    bool is_output;
};

/// Inputs and outputs, in the order of the model.
[[nodiscard]] std::span<const Port> ports();

/// Sets the state as it is before the first run. Call it once before run().
void reset();

/// One inference.
void run();

}  // namespace verge::emitted
