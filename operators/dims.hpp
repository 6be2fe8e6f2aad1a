#pragma once
// Shapes of outputs that importers and rules both work out. Hosted.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/outcome.hpp"
#include "graph/graph.hpp"

namespace verge {

/// "[1,49,10]".
[[nodiscard]] inline std::string describe_dims(const graph::Dims& dims) {
    std::string text = "[";
    for (std::size_t i = 0; i < dims.size(); ++i) {
        text += (i == 0 ? "" : ",") + std::to_string(dims[i]);
    }
    return text + ']';
}

/// The axis counted from the front; negative ones count from behind. bad_input when there is none.
inline Outcome<std::size_t> axis_of(std::int64_t axis, std::size_t rank) {
    const auto count = static_cast<std::int64_t>(rank);
    if (axis < -count || axis >= count) {
        return bad_input(
            "axis " + std::to_string(axis) + " of " + std::to_string(rank) + " dimensions",
            "an axis that the tensor has");
    }
    return static_cast<std::size_t>(axis < 0 ? axis + count : axis);
}

/// The shape that two inputs broadcast to, as NumPy does.
inline Outcome<graph::Dims> broadcast_dims(const graph::Dims& a, const graph::Dims& b) {
    const std::size_t rank = std::max(a.size(), b.size());
    graph::Dims result(rank, 1);
    for (std::size_t i = 0; i < rank; ++i) {
        const std::int64_t dim_a = i < a.size() ? a[a.size() - 1 - i] : 1;
        const std::int64_t dim_b = i < b.size() ? b[b.size() - 1 - i] : 1;
        if (dim_a != dim_b && dim_a != 1 && dim_b != 1) {
            return bad_input("inputs of shape " + describe_dims(a) + " and " + describe_dims(b),
                             "shapes that broadcast: equal, or 1, counted from the last dimension");
        }
        result[rank - 1 - i] = std::max(dim_a, dim_b);
    }
    return result;
}

/// The shape without one axis.
[[nodiscard]] inline graph::Dims without_axis(graph::Dims dims, std::size_t axis) {
    dims.erase(dims.begin() + static_cast<std::ptrdiff_t>(axis));
    return dims;
}

/// Several tensors one behind the other along `axis`.
inline Outcome<graph::Dims> joined_dims(std::span<const graph::Dims> parts, std::size_t axis) {
    graph::Dims result = parts[0];
    for (const graph::Dims& part : parts.subspan(1)) {
        if (part.size() != result.size()) {
            return bad_input("parts of " + std::to_string(part.size()) + " and " +
                                 std::to_string(result.size()) + " dimensions",
                             "as many dimensions in each");
        }
        for (std::size_t i = 0; i < part.size(); ++i) {
            if (i != axis && part[i] != result[i]) {
                return bad_input(
                    "parts of shape " + describe_dims(part) + " and " + describe_dims(result),
                    "equal dimensions but along axis " + std::to_string(axis));
            }
        }
        result[axis] += part[axis];
    }
    return result;
}

/// The shape of x with `axis` replaced by that of the indices behind their batch dimensions.
inline Outcome<graph::Dims> gathered_dims(const graph::Dims& x,
                                          const graph::Dims& indices,
                                          std::int64_t axis,
                                          std::int64_t batch_dims) {
    const auto x_rank = static_cast<std::int64_t>(x.size());
    if (axis < 0 || axis >= x_rank || batch_dims < 0 || batch_dims > axis ||
        batch_dims > static_cast<std::int64_t>(indices.size())) {
        return bad_input("axis " + std::to_string(axis) + " and " + std::to_string(batch_dims) +
                             " batch dimensions of " + describe_dims(x) + " by indices " +
                             describe_dims(indices),
                         "an axis of the tensor, behind the batch dimensions");
    }
    if (!std::equal(x.begin(), x.begin() + batch_dims, indices.begin())) {
        return bad_input(
            "batch dimensions of " + describe_dims(x) + " and " + describe_dims(indices),
            "equal ones");
    }
    graph::Dims dims(x.begin(), x.begin() + axis);
    dims.insert(dims.end(), indices.begin() + batch_dims, indices.end());
    dims.insert(dims.end(), x.begin() + axis + 1, x.end());
    return dims;
}

}  // namespace verge
