#pragma once
// Moving elements of any type without looking at them: rows of bytes, and walks with strides.
// Freestanding.

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "operators/check.hpp"

namespace verge::movement {

/// A dense tensor seen around one axis: outer x axis x inner, inner in bytes.
struct Around {
    std::uint32_t outer;
    std::uint32_t axis;
    std::size_t inner_bytes;
};

/// Precondition: axis < tensor.rank.
[[nodiscard]] inline Around around(const plan::Tensor& tensor, std::uint32_t axis) {
    Around found{1, tensor.dims[axis], plan::element_bytes(tensor.type)};
    for (std::uint32_t i = 0; i < axis; ++i) {
        found.outer *= tensor.dims[i];
    }
    for (std::uint32_t i = axis + 1; i < tensor.rank; ++i) {
        found.inner_bytes *= tensor.dims[i];
    }
    return found;
}

/// True when a and b are alike in rank and in every dimension but `axis`.
[[nodiscard]] inline bool has_same_dims_but(const plan::Tensor& a,
                                            const plan::Tensor& b,
                                            std::uint32_t axis) {
    for (std::uint32_t i = 0; i < plan::kMaxRank; ++i) {
        if (i != axis && a.dims[i] != b.dims[i]) {
            return false;
        }
    }
    return a.rank == b.rank;
}

/// True when `whole` without dimension `axis` has the dimensions of `part`.
[[nodiscard]] inline bool is_slice_of(const plan::Tensor& part,
                                      const plan::Tensor& whole,
                                      std::uint32_t axis) {
    if (part.rank + 1U != whole.rank || axis >= whole.rank) {
        return false;
    }
    for (std::uint32_t i = 0; i < part.rank; ++i) {
        if (part.dims[i] != whole.dims[i < axis ? i : i + 1]) {
            return false;
        }
    }
    return true;
}

template <std::size_t kBytes>
inline void copy_elements(const std::byte* from,
                          std::ptrdiff_t from_step,
                          std::byte* to,
                          std::ptrdiff_t to_step,
                          std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) {
        std::memmove(to, from, kBytes);
        from += from_step;
        to += to_step;
    }
}

/// Copies elements of 1, 2, 4 or 8 bytes that lie `from_step` and `to_step` bytes apart.
inline void copy_line(const std::byte* from,
                      std::ptrdiff_t from_step,
                      std::byte* to,
                      std::ptrdiff_t to_step,
                      std::uint32_t count,
                      std::uint32_t element) {
    const auto wide = static_cast<std::ptrdiff_t>(element);
    if (from_step == wide && to_step == wide) {
        std::memmove(to, from, std::size_t{count} * element);
        return;
    }
    switch (element) {
        case 1:
            return copy_elements<1>(from, from_step, to, to_step, count);
        case 2:
            return copy_elements<2>(from, from_step, to, to_step, count);
        case 4:
            return copy_elements<4>(from, from_step, to, to_step, count);
        default:
            return copy_elements<8>(from, from_step, to, to_step, count);
    }
}

/// A copy that walks extents in order, the last axis fastest. Steps are bytes and may be negative.
struct Walk {
    std::uint32_t rank;
    std::uint32_t element;
    std::uint32_t extents[plan::kMaxRank];
    std::ptrdiff_t from_steps[plan::kMaxRank];
    std::ptrdiff_t to_steps[plan::kMaxRank];
};

/// Copies all elements. Precondition: rank >= 1.
inline void copy(const Walk& walk, const std::byte* from, std::byte* to) {
    std::uint32_t index[plan::kMaxRank] = {};
    const std::uint32_t inner = walk.rank - 1U;
    for (;;) {
        copy_line(from, walk.from_steps[inner], to, walk.to_steps[inner], walk.extents[inner],
                  walk.element);
        std::uint32_t axis = inner;
        for (;; --axis) {
            if (axis == 0) {
                return;
            }
            const std::uint32_t outer = axis - 1U;
            from += walk.from_steps[outer];
            to += walk.to_steps[outer];
            if (++index[outer] < walk.extents[outer]) {
                break;
            }
            const auto extent = static_cast<std::ptrdiff_t>(walk.extents[outer]);
            from -= extent * walk.from_steps[outer];
            to -= extent * walk.to_steps[outer];
            index[outer] = 0;
        }
    }
}

/// The step in bytes of each axis of a dense tensor.
inline void dense_steps(const plan::Tensor& tensor, std::ptrdiff_t* steps) {
    auto step = static_cast<std::ptrdiff_t>(plan::element_bytes(tensor.type));
    for (std::uint32_t i = tensor.rank; i-- > 0;) {
        steps[i] = step;
        step *= static_cast<std::ptrdiff_t>(tensor.dims[i]);
    }
}

}  // namespace verge::movement
