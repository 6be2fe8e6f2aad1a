#pragma once
// What the checks of the operators share. Freestanding; every size here was proven to fit 32 bits
// by plan::View::open.

#include <cstdint>

#include "operators/kernel.hpp"

namespace verge::check {

inline constexpr Fault kBadShapes{Status::operator_shapes, 0};
inline constexpr Fault kBadAttributes{Status::operator_attributes, 0};

/// True when the step has inputs [0, required) present and exactly one output.
[[nodiscard]] inline bool has_operands(const Call& call, std::size_t required) {
    for (std::size_t i = 0; i < required; ++i) {
        if (!call.has(i)) {
            return false;
        }
    }
    return call.output_count() == 1;
}

[[nodiscard]] inline bool has_same_dims(const plan::Tensor& a, const plan::Tensor& b) {
    return a.rank == b.rank && a.dims == b.dims;
}

/// True when every present operand is dense.
[[nodiscard]] inline bool is_all_dense(const Call& call) {
    for (std::size_t i = 0; i < call.input_count(); ++i) {
        if (call.has(i) && !plan::is_dense(call.input(i))) {
            return false;
        }
    }
    for (std::size_t i = 0; i < call.output_count(); ++i) {
        if (!plan::is_dense(call.output(i))) {
            return false;
        }
    }
    return true;
}

/// True when the dense tensor has `type` and exactly `count` elements.
[[nodiscard]] inline bool is_vector(const plan::Tensor& tensor,
                                    plan::Type type,
                                    std::uint64_t count) {
    return tensor.type == type && plan::is_dense(tensor) && plan::element_count(tensor) == count;
}

/// True when input `index` is a constant s32 [2, channels]: multipliers, then shifts of at most
/// `most` that multiply() (30) or multiply64() (7) may be given.
[[nodiscard]] inline bool is_requant(const Call& call,
                                     std::size_t index,
                                     std::uint32_t channels,
                                     std::int32_t most = 30) {
    const auto* table = call.constant<std::int32_t>(index);
    if (table == nullptr ||
        !is_vector(call.input(index), plan::Type::s32, std::uint64_t{2} * channels)) {
        return false;
    }
    for (std::uint32_t i = 0; i < channels; ++i) {
        if (table[i] < 0 || table[channels + i] < -31 || table[channels + i] > most) {
            return false;
        }
    }
    return true;
}

/// True when multiply(x, multiplier, shift) is defined.
[[nodiscard]] inline bool is_multiplier(std::int32_t multiplier, std::int32_t shift) {
    return multiplier >= 0 && shift >= -31 && shift <= 30;
}

/// One axis of a sliding window: how many outputs, and how taps are found.
struct Window {
    std::uint32_t outputs;
    std::int32_t stride;
    std::int32_t kernel;
    std::int32_t dilation;
    std::int32_t pad;  // before the first input
};

/// True when output * stride - pad + tap * dilation never overflows 32 bits.
[[nodiscard]] inline bool is_window(Window w) {
    constexpr std::int32_t kMost = 1 << 20;
    if (w.stride < 1 || w.kernel < 1 || w.dilation < 1 || w.pad < 0 || w.stride > kMost ||
        w.kernel > kMost || w.dilation > kMost || w.pad > kMost) {
        return false;
    }
    const std::uint64_t reach = std::uint64_t{w.outputs} * static_cast<std::uint32_t>(w.stride) +
                                std::uint64_t{static_cast<std::uint32_t>(w.kernel)} *
                                    static_cast<std::uint32_t>(w.dilation);
    return reach < 0x7fffffffU;
}

[[nodiscard]] inline bool is_between(std::int32_t value, std::int32_t low, std::int32_t high) {
    return value >= low && value <= high;
}

}  // namespace verge::check
