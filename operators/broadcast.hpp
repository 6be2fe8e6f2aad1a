#pragma once
// Two inputs of unlike shapes under one output, as NumPy broadcasts them: each input gets strides,
// 0 where it repeats, and neighbouring axes that step alike become one. Freestanding.

#include <cstdint>

#include "operators/check.hpp"
#include "operators/elementwise.hpp"

namespace verge::broadcast {

/// Axis 0 is the innermost. Strides count elements; the output is dense.
struct Walk {
    std::uint32_t rank;
    std::uint32_t extents[plan::kMaxRank];
    std::uint32_t a[plan::kMaxRank];
    std::uint32_t b[plan::kMaxRank];
};

/// True when each axis of `input`, aligned at the last one, has the extent of the output or 1.
[[nodiscard]] inline bool fits(const plan::Tensor& input, const plan::Tensor& output) {
    if (input.rank > output.rank) {
        return false;
    }
    for (std::uint32_t i = 0; i < input.rank; ++i) {
        const std::uint32_t dim = input.dims[input.rank - 1U - i];
        if (dim != 1 && dim != output.dims[output.rank - 1U - i]) {
            return false;
        }
    }
    return true;
}

/// True when inputs 0 and 1 have one type, are dense, and broadcast to the dense output.
[[nodiscard]] inline bool is_sound(const Call& call) {
    return check::has_operands(call, 2) && check::is_all_dense(call) &&
           call.input(0).type == call.input(1).type && fits(call.input(0), call.output(0)) &&
           fits(call.input(1), call.output(0));
}

/// Precondition: fits(a, y), fits(b, y), all dense.
inline Walk make_walk(const plan::Tensor& a, const plan::Tensor& b, const plan::Tensor& y) {
    Walk walk{0, {1}, {0}, {0}};
    std::uint32_t step_a = 1;
    std::uint32_t step_b = 1;
    for (std::uint32_t i = 0; i < y.rank; ++i) {
        const std::uint32_t extent = y.dims[y.rank - 1U - i];
        const std::uint32_t dim_a = i < a.rank ? a.dims[a.rank - 1U - i] : 1;
        const std::uint32_t dim_b = i < b.rank ? b.dims[b.rank - 1U - i] : 1;
        const std::uint32_t stride_a = dim_a == 1 ? 0 : step_a;
        const std::uint32_t stride_b = dim_b == 1 ? 0 : step_b;
        step_a *= dim_a;
        step_b *= dim_b;
        if (extent == 1) {
            continue;
        }
        const std::uint32_t last = walk.rank - 1U;
        if (walk.rank > 0 && stride_a == walk.a[last] * walk.extents[last] &&
            stride_b == walk.b[last] * walk.extents[last]) {
            walk.extents[last] *= extent;
            continue;
        }
        walk.extents[walk.rank] = extent;
        walk.a[walk.rank] = stride_a;
        walk.b[walk.rank] = stride_b;
        ++walk.rank;
    }
    walk.rank = walk.rank == 0 ? 1 : walk.rank;
    return walk;
}

/// y[i] = f(a, b) for the output elements [first, last), ascending, each read before it is written.
template <typename T, typename Y, typename Function>
inline void apply(
    const Walk& walk, elementwise::Range range, const T* a, const T* b, Y* y, Function f) {
    std::uint32_t index[plan::kMaxRank];
    std::uint32_t rest = range.first;
    for (std::uint32_t axis = 0; axis < walk.rank; ++axis) {
        index[axis] = rest % walk.extents[axis];
        rest /= walk.extents[axis];
        a += index[axis] * walk.a[axis];
        b += index[axis] * walk.b[axis];
    }
    const std::uint32_t step_a = walk.a[0];
    const std::uint32_t step_b = walk.b[0];
    for (std::uint32_t done = range.first; done < range.last;) {
        const std::uint32_t left_in_row = walk.extents[0] - index[0];
        const std::uint32_t left = range.last - done;
        const std::uint32_t count = left_in_row < left ? left_in_row : left;
        if (step_a == 1 && step_b == 1) {
            for (std::uint32_t i = 0; i < count; ++i) {
                y[done + i] = f(a[i], b[i]);
            }
        } else {
            for (std::uint32_t i = 0; i < count; ++i) {
                y[done + i] = f(a[i * step_a], b[i * step_b]);
            }
        }
        done += count;
        index[0] += count;
        a += count * step_a;
        b += count * step_b;
        for (std::uint32_t axis = 0; axis + 1 < walk.rank && index[axis] == walk.extents[axis];
             ++axis) {
            a -= walk.extents[axis] * walk.a[axis];
            b -= walk.extents[axis] * walk.b[axis];
            index[axis] = 0;
            ++index[axis + 1];
            a += walk.a[axis + 1];
            b += walk.b[axis + 1];
        }
    }
}

/// The same for the operands of a call.
template <typename T, typename Function>
inline void run(const Call& call, Tiles tiles, Function f) {
    const Walk walk = make_walk(call.input(0), call.input(1), call.output(0));
    apply(walk, elementwise::range_of(call, tiles), call.in<T>(0), call.in<T>(1), call.out<T>(0),
          f);
}

}  // namespace verge::broadcast
