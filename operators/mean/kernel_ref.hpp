#pragma once
// mean, the truth: TensorFlow Lite Micro's order of sums and its rounding. Portable C++17.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "base/fixed_point.hpp"
#include "operators/mean/op.hpp"
#include "plan/plan.hpp"

namespace verge::kernel::mean_ref {

/// Two walks over a dense x, the last axis fastest: along the axes that stay, and along those that
/// are averaged.
struct Walk {
    std::uint32_t kept_rank;
    std::uint32_t reduced_rank;
    std::uint32_t kept[plan::kMaxRank];
    std::size_t kept_stride[plan::kMaxRank];
    std::uint32_t reduced[plan::kMaxRank];
    std::size_t reduced_stride[plan::kMaxRank];
    std::uint32_t count;  // averaged elements of one output
};

/// Axis 0 of the walk is the last of x.
static inline Walk make_walk(const plan::Tensor& x, const Mean& a) {
    Walk walk{0, 0, {}, {}, {}, {}, 1};
    std::size_t stride = 1;
    for (std::uint32_t i = x.rank; i-- > 0; stride *= x.dims[i]) {
        if (a.reduces[i] != 0) {
            walk.reduced[walk.reduced_rank] = x.dims[i];
            walk.reduced_stride[walk.reduced_rank++] = stride;
            walk.count *= x.dims[i];
        } else {
            walk.kept[walk.kept_rank] = x.dims[i];
            walk.kept_stride[walk.kept_rank++] = stride;
        }
    }
    return walk;
}

/// Where output `index` starts to read.
static inline std::size_t start_of(const Walk& walk, std::uint32_t index) {
    std::size_t start = 0;
    for (std::uint32_t i = 0; i < walk.kept_rank; ++i) {
        start += index % walk.kept[i] * walk.kept_stride[i];
        index /= walk.kept[i];
    }
    return start;
}

template <typename Sum, typename T>
static inline Sum sum_of(const Walk& walk, const T* x) {
    std::uint32_t index[plan::kMaxRank] = {};
    Sum sum = 0;
    for (std::uint32_t done = 0; done < walk.count; ++done) {
        sum += static_cast<Sum>(*x);
        for (std::uint32_t i = 0; i < walk.reduced_rank; ++i) {
            x += walk.reduced_stride[i];
            if (++index[i] < walk.reduced[i]) {
                break;
            }
            x -= walk.reduced_stride[i] * walk.reduced[i];
            index[i] = 0;
        }
    }
    return sum;
}

/// Outputs [first, last), each from x alone, one after the other.
template <typename T>
static inline void run(
    const Mean& a, const Walk& walk, const T* x, T* y, std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t i = first; i < last; ++i) {
        const T* start = x + start_of(walk, i);
        if constexpr (std::is_floating_point_v<T>) {
            y[i] = sum_of<float>(walk, start) / static_cast<float>(walk.count);
        } else {
            const auto sum = static_cast<std::int32_t>(sum_of<std::uint32_t>(walk, start));
            const std::int32_t scaled =
                multiply(wrapping_add(sum, a.input_offset), a.multiplier, a.shift);
            y[i] =
                static_cast<T>(clamp(wrapping_add(scaled, a.output_offset),
                                     std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
        }
    }
}

}  // namespace verge::kernel::mean_ref
