#pragma once
// fully_connected: what the adapters read from a call. Internal linkage: built once per CPU.

#include "operators/fully_connected/kernel_ref.hpp"
#include "operators/kernel.hpp"

namespace verge::kernel::fully_connected_ref {

static inline Shape shape_of(const Call& call) {
    const plan::Tensor& weights = call.input(1);
    return {weights.dims[1], weights.dims[0],
            call.has(3) ? plan::element_count(call.input(3)) / 2U : 0U};
}

template <typename In, typename Weight>
static inline Data<In, Weight> data_of(const Call& call) {
    return {call.in<In>(0), call.in<Weight>(1), call.has(2) ? call.in<void>(2) : nullptr,
            call.has(3) ? call.in<std::int32_t>(3) : nullptr, call.out<In>(0)};
}

/// True for what the kernels that take several values at a time were written for.
static inline bool is_plain(const FullyConnected& a) {
    return a.weight_offset == 0 && a.input_offset >= -128 && a.input_offset <= 128 &&
           a.clamp_min >= -128 && a.clamp_min <= 127 && a.clamp_max >= -128 && a.clamp_max <= 127;
}

}  // namespace verge::kernel::fully_connected_ref
