#pragma once
// resize_bilinear, the truth. Portable C++17.

#include <cstddef>
#include <cstdint>

namespace verge::kernel::resize_bilinear_ref {

struct Axis {
    std::int32_t in;
    std::int32_t out;
    bool align_corners;
    bool half_pixel_centers;
};

/// Between which two pixels an output pixel lies. `place` counts pixels, in float or in 1/1024.
template <typename Number>
struct Place {
    Number place;
    std::int32_t below;
    std::int32_t above;
};

static inline Place<float> place_of(const Axis& axis, std::int32_t i, float) {
    const float scale = axis.align_corners && axis.out > 1
                            ? static_cast<float>(axis.in - 1) / static_cast<float>(axis.out - 1)
                            : static_cast<float>(axis.in) / static_cast<float>(axis.out);
    const float place = axis.half_pixel_centers ? (static_cast<float>(i) + 0.5F) * scale - 0.5F
                                                : static_cast<float>(i) * scale;
    const auto whole = static_cast<std::int32_t>(place);  // towards zero; place is above -1
    const std::int32_t below = whole;
    const std::int32_t above = whole + (place > static_cast<float>(whole) ? 1 : 0);
    const std::int32_t last = axis.in - 1;
    return {place, below < last ? below : last, above < last ? above : last};
}

static inline Place<std::int32_t> place_of(const Axis& axis, std::int32_t i, std::int32_t) {
    const bool is_aligned = axis.align_corners && axis.out > 1;
    const std::int32_t in = is_aligned ? axis.in - 1 : axis.in;
    const std::int32_t out = is_aligned ? axis.out - 1 : axis.out;
    const std::int32_t scale = (1024 * in + out / 2) / out;
    const std::int64_t wide =
        std::int64_t{i} * scale + (axis.half_pixel_centers ? scale / 2 - 512 : 0);
    const auto place = static_cast<std::int32_t>(wide > 0x3fffffff ? 0x3fffffff : wide);
    const std::int32_t below = place < 0 ? 0 : place / 1024;
    const std::int32_t above = (place + 1023) / 1024;
    const std::int32_t last = axis.in - 1;
    return {place, below < last ? below : last, above < last ? above : last};
}

/// The four pixels around the place: by row (top, bottom) and column (left, right).
template <typename T>
struct Corners {
    const T* top_left;
    const T* top_right;
    const T* bottom_left;
    const T* bottom_right;
};

static inline float blend(const Corners<float>& p,
                          std::uint32_t c,
                          const Place<float>& row,
                          const Place<float>& column) {
    const float down = row.place - static_cast<float>(row.below);
    const float right = column.place - static_cast<float>(column.below);
    return p.top_left[c] * (1 - down) * (1 - right) + p.bottom_left[c] * down * (1 - right) +
           p.top_right[c] * (1 - down) * right + p.bottom_right[c] * down * right;
}

/// uint8 blends in float and cuts after adding a half, as LiteRT does.
static inline std::uint8_t blend(const Corners<std::uint8_t>& p,
                                 std::uint32_t c,
                                 const Place<float>& row,
                                 const Place<float>& column) {
    const float down = row.place - static_cast<float>(row.below);
    const float right = column.place - static_cast<float>(column.below);
    const float sum = static_cast<float>(p.top_left[c]) * (1 - down) * (1 - right) +
                      static_cast<float>(p.bottom_left[c]) * down * (1 - right) +
                      static_cast<float>(p.top_right[c]) * (1 - down) * right +
                      static_cast<float>(p.bottom_right[c]) * down * right + 0.5F;
    return static_cast<std::uint8_t>(
        sum < 0.0F ? 0 : (sum > 255.0F ? 255 : static_cast<std::int32_t>(sum)));
}

/// int8 blends with ten fraction bits a side and rounds halves away from zero.
static inline std::int8_t blend(const Corners<std::int8_t>& p,
                                std::uint32_t c,
                                const Place<std::int32_t>& row,
                                const Place<std::int32_t>& column) {
    const std::int64_t down = row.place - 1024LL * row.below;
    const std::int64_t right = column.place - 1024LL * column.below;
    const std::int64_t sum =
        p.top_left[c] * (1024 - down) * (1024 - right) + p.bottom_left[c] * down * (1024 - right) +
        p.top_right[c] * (1024 - down) * right + p.bottom_right[c] * down * right;
    const std::int64_t half = sum > 0 ? 1 << 19 : -(1 << 19);
    return static_cast<std::int8_t>((sum + half) / (1 << 20));
}

struct Sizes {
    Axis rows;
    Axis columns;
    std::uint32_t channels;
};

/// Output rows [first, last) of all images.
template <typename Number, typename T>
static inline void run_rows(
    const Sizes& s, const T* x, T* y, std::uint32_t first, std::uint32_t last) {
    const auto in_row = static_cast<std::size_t>(s.columns.in) * s.channels;
    y += std::size_t{first} * static_cast<std::size_t>(s.columns.out) * s.channels;
    for (std::uint32_t i = first; i < last; ++i) {
        const auto out_rows = static_cast<std::uint32_t>(s.rows.out);
        const T* image =
            x + std::size_t{i / out_rows} * static_cast<std::size_t>(s.rows.in) * in_row;
        const Place<Number> row =
            place_of(s.rows, static_cast<std::int32_t>(i % out_rows), Number{});
        const T* top = image + static_cast<std::size_t>(row.below) * in_row;
        const T* bottom = image + static_cast<std::size_t>(row.above) * in_row;
        for (std::int32_t j = 0; j < s.columns.out; ++j) {
            const Place<Number> column = place_of(s.columns, j, Number{});
            const std::size_t left = static_cast<std::size_t>(column.below) * s.channels;
            const std::size_t right = static_cast<std::size_t>(column.above) * s.channels;
            const Corners<T> corners{top + left, top + right, bottom + left, bottom + right};
            for (std::uint32_t c = 0; c < s.channels; ++c) {
                y[c] = blend(corners, c, row, column);
            }
            y += s.channels;
        }
    }
}

}  // namespace verge::kernel::resize_bilinear_ref
