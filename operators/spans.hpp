#pragma once
// The operands of a call as spans, for kernels that hand them to `signal`. Dense tensors only.

#include <cstdint>
#include <span>

#include "operators/kernel.hpp"

namespace verge::kernel {

/// All elements of input `index`. Precondition: the check has proven that it is there and dense.
template <typename T>
[[nodiscard]] std::span<const T> input_span(const Call& call, std::size_t index) {
    return {call.in<T>(index), plan::element_count(call.input(index))};
}

template <typename T>
[[nodiscard]] std::span<T> output_span(const Call& call, std::size_t index) {
    return {call.out<T>(index), plan::element_count(call.output(index))};
}

}  // namespace verge::kernel
