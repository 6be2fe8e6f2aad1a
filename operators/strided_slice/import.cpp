// strided_slice from TensorFlow Lite's STRIDED_SLICE and SLICE.

#include "operators/import_support.hpp"
#include "operators/strided_slice/op.hpp"

namespace verge::import {
namespace {

/// The indices of one axis.
struct Axis {
    std::int64_t begin;
    std::int64_t stride;
    std::int64_t count;
};

/// What a file says of one axis.
struct AskedAxis {
    std::int64_t begin;
    std::int64_t end;
    std::int64_t stride;
    bool from_start;
    bool to_end;
    bool is_shrunk;
};

/// Counts negative indices from behind and cuts ends to the axis, as TensorFlow Lite does.
Outcome<Axis> axis_from(const AskedAxis& asked, std::int64_t extent) {
    constexpr std::int64_t kMost = 0x7fffffff;
    if (asked.stride == 0 || asked.stride < -kMost || asked.stride > kMost) {
        return bad_input("a stride of " + std::to_string(asked.stride), "another than 0");
    }
    const bool is_forward = asked.stride > 0;
    const std::int64_t low = is_forward ? 0 : -1;
    const std::int64_t high = is_forward ? extent : extent - 1;
    const auto place = [&](std::int64_t index) {
        return std::clamp(index < 0 ? index + extent : index, low, high);
    };
    const std::int64_t begin =
        asked.from_start ? (is_forward ? 0 : extent - 1) : place(asked.begin);
    if (asked.is_shrunk) {
        if (begin < 0 || begin >= extent) {
            return bad_input(
                "index " + std::to_string(asked.begin) + " of an axis of " + std::to_string(extent),
                "an index that the axis has");
        }
        return Axis{begin, 1, 1};
    }
    const std::int64_t end = asked.to_end ? (is_forward ? extent : -1) : place(asked.end);
    const std::int64_t step = is_forward ? asked.stride : -asked.stride;
    const std::int64_t length = is_forward ? end - begin : begin - end;
    const std::int64_t count = length <= 0 ? 0 : (length - 1) / step + 1;
    if (count == 0) {
        return unsupported("a slice of no elements", "at least one element");
    }
    return Axis{begin, count == 1 ? 1 : asked.stride, count};
}

void set_axis(StridedSlice& a, std::size_t index, const Axis& axis) {
    a.begin[index] = static_cast<std::int32_t>(axis.begin);
    a.stride[index] = static_cast<std::int32_t>(axis.stride);
    a.count[index] = static_cast<std::int32_t>(axis.count);
}

}  // namespace

Done strided_slice(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 4));
    VERGE_CHECK(expect_like_input(site));
    const auto options = site.options<tflite::StridedSliceOptions>();
    if (options.ellipsis_mask != 0 || options.new_axis_mask != 0 || options.offset) {
        return unsupported("a strided slice with an ellipsis, new axes or offsets as ends",
                           "begin, end, strides and axes to shrink only");
    }
    VERGE_ASSIGN(const std::vector<std::int64_t> begin, site.integers(1));
    VERGE_ASSIGN(const std::vector<std::int64_t> end, site.integers(2));
    VERGE_ASSIGN(const std::vector<std::int64_t> stride, site.integers(3));
    const graph::Dims& x = site.in(0).dims;
    StridedSlice a{};
    if (begin.size() > x.size() || end.size() != begin.size() || stride.size() != begin.size() ||
        x.size() > std::size(a.begin)) {
        return bad_input("begins, ends and strides of " + std::to_string(begin.size()) +
                             " axes for " + graph::describe(site.in(0)),
                         "one of each for every axis, at most six");
    }
    graph::Dims dims;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (i >= begin.size()) {
            set_axis(a, i, {0, 1, x[i]});
            dims.push_back(x[i]);
            continue;
        }
        const auto has = [i](std::int32_t mask) {
            return (static_cast<std::uint32_t>(mask) >> i & 1U) != 0;
        };
        const bool is_shrunk = has(options.shrink_axis_mask);
        VERGE_ASSIGN(const Axis axis,
                     axis_from({begin[i], end[i], stride[i], has(options.begin_mask),
                                has(options.end_mask), is_shrunk},
                               x[i]));
        set_axis(a, i, axis);
        if (!is_shrunk) {
            dims.push_back(axis.count);
        }
    }
    VERGE_CHECK(expect_output(site, dims));
    site.emit(OpId::strided_slice, {site.input(0)}, {site.output()}, a);
    return done();
}

/// Inputs: the tensor, the first index of each axis, how many (-1: all that are left).
Done slice(TfliteSite& site) {
    VERGE_CHECK(expect_operands(site, 3));
    VERGE_CHECK(expect_like_input(site));
    VERGE_ASSIGN(const std::vector<std::int64_t> begin, site.integers(1));
    VERGE_ASSIGN(const std::vector<std::int64_t> size, site.integers(2));
    const graph::Dims& x = site.in(0).dims;
    StridedSlice a{};
    if (begin.size() != x.size() || size.size() != x.size() || x.size() > std::size(a.begin)) {
        return bad_input("a slice of " + std::to_string(begin.size()) + " axes of " +
                             graph::describe(site.in(0)),
                         "a begin and a size for every axis, at most six");
    }
    graph::Dims dims;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const std::int64_t count = size[i] == -1 ? x[i] - begin[i] : size[i];
        if (begin[i] < 0 || begin[i] >= x[i] || count < 1 || count > x[i] - begin[i]) {
            return bad_input("a slice of " + std::to_string(count) + " from " +
                                 std::to_string(begin[i]) + " on along axis " + std::to_string(i) +
                                 " of " + graph::describe(site.in(0)),
                             "indices that the axis has");
        }
        set_axis(a, i, {begin[i], 1, count});
        dims.push_back(count);
    }
    VERGE_CHECK(expect_output(site, dims));
    site.emit(OpId::strided_slice, {site.input(0)}, {site.output()}, a);
    return done();
}

}  // namespace verge::import
