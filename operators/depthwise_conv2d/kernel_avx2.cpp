// depthwise_conv2d for AVX2: sixteen channels at a time, read whole before they are written, so
// that an output may lie over its input as with the reference. Taps go in pairs through vpmaddwd.

#include <immintrin.h>

#include <cstring>

#include "base/simd.hpp"
#include "base/simd_avx2.hpp"
#include "operators/depthwise_conv2d/shape_of.hpp"

namespace verge::kernel {
namespace {

using namespace depthwise_conv2d_ref;
using Bytes = Data<std::int8_t, std::int8_t>;

constexpr std::int32_t kChannels = 16;

/// How much of a block of channels there is.
enum class Part { whole, half, any };

/// Sixteen values, eight, or `count` of them; and zeros.
template <Part kPart>
[[gnu::always_inline]] inline __m128i load_bytes(const std::int8_t* from, std::size_t count) {
    if constexpr (kPart == Part::whole) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
    }
    if constexpr (kPart == Part::half) {
        return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from));
    }
    std::int8_t all[kChannels] = {};
    std::memcpy(all, from, count);
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(all));
}

/// Eight values of int32: lanes 0-3 and 8-11 of sixteen, or 4-7 and 12-15, which is how a pair of
/// sixteens of int16 is unpacked.
[[gnu::always_inline]] inline __m256i load_lanes(const std::int32_t* from, int first) {
    const auto* four = reinterpret_cast<const __m128i*>(from + first);
    return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128(four)),
                                   _mm_loadu_si128(four + 2), 1);
}

/// Bias and requantisation of sixteen channels, in two halves.
struct Finish {
    __m256i bias[2];
    simd::Scale8 scale[2];
};

Finish load_finish(const Bytes& d, std::int32_t channels, std::int32_t c) {
    const std::int32_t left = channels - c;
    const std::size_t bytes = 4U * static_cast<std::size_t>(left < kChannels ? left : kChannels);
    std::int32_t all[3][kChannels] = {};
    if (d.bias != nullptr) {
        std::memcpy(all[0], static_cast<const std::int32_t*>(d.bias) + c, bytes);
    }
    std::memcpy(all[1], d.requant + c, bytes);
    std::memcpy(all[2], d.requant + channels + c, bytes);
    Finish f{};
    for (int half = 0; half < 2; ++half) {
        f.bias[half] = load_lanes(all[0], 4 * half);
        f.scale[half] = simd::scale8(load_lanes(all[1], 4 * half), load_lanes(all[2], 4 * half));
    }
    return f;
}

/// What stays the same for the channels of a block.
struct Job {
    const DepthwiseConv2D* a;
    const Shape* shape;
    const std::int8_t* weights;
    Finish finish;
    std::size_t count;  // of channels
};

/// Where a tap lies: its pixel and its weights, first channel of the block.
struct Tap {
    const std::int8_t* x;
    const std::int8_t* weights;
};

/// The taps of one pixel, row after row.
class Walk {
public:
    Walk(const Job& job, const Window& w, const std::int8_t* x)
        : job_(job), w_(w), x_(x), ky_(w.rows.first), kx_(w.columns.first) {}

    [[nodiscard]] std::int32_t count() const {
        return (w_.rows.last - w_.rows.first) * (w_.columns.last - w_.columns.first);
    }

    [[gnu::always_inline]] Tap next() {
        const DepthwiseConv2D& a = *job_.a;
        const Shape& s = *job_.shape;
        const Tap tap{
            x_ + static_cast<std::size_t>(w_.rows.origin + ky_ * a.dilation_h) * s.in_row +
                static_cast<std::size_t>(w_.columns.origin + kx_ * a.dilation_w) * s.in_pixel,
            job_.weights + static_cast<std::size_t>(ky_ * a.kernel_w + kx_) *
                               static_cast<std::size_t>(s.in_c)};
        if (++kx_ == w_.columns.last) {
            kx_ = w_.columns.first;
            ++ky_;
        }
        return tap;
    }

private:
    const Job& job_;
    const Window& w_;
    const std::int8_t* x_;
    std::int32_t ky_;
    std::int32_t kx_;
};

/// A block of channels of one pixel.
template <Part kPart>
[[gnu::always_inline]] inline void run_block(const Job& job,
                                             const Window& window,
                                             const std::int8_t* x,
                                             std::int8_t* y) {
    const __m256i offset = _mm256_set1_epi16(static_cast<std::int16_t>(job.a->input_offset));
    const auto load_x = [&](const Tap& tap) VERGE_INLINE {
        return _mm256_add_epi16(_mm256_cvtepi8_epi16(load_bytes<kPart>(tap.x, job.count)), offset);
    };
    const auto load_w = [&](const Tap& tap) VERGE_INLINE {
        return _mm256_cvtepi8_epi16(load_bytes<kPart>(tap.weights, job.count));
    };
    __m256i low = job.finish.bias[0];
    __m256i high = job.finish.bias[1];
    Walk walk(job, window, x);
    for (std::int32_t taps = walk.count(); taps > 0; taps -= 2) {
        const Tap first = walk.next();
        const Tap second = taps > 1 ? walk.next() : first;
        const __m256i x0 = load_x(first);
        const __m256i x1 = taps > 1 ? load_x(second) : _mm256_setzero_si256();
        const __m256i w0 = load_w(first);
        const __m256i w1 = load_w(second);
        low = _mm256_add_epi32(
            low, _mm256_madd_epi16(_mm256_unpacklo_epi16(x0, x1), _mm256_unpacklo_epi16(w0, w1)));
        high = _mm256_add_epi32(
            high, _mm256_madd_epi16(_mm256_unpackhi_epi16(x0, x1), _mm256_unpackhi_epi16(w0, w1)));
    }
    const __m256i zero_point = _mm256_set1_epi32(job.a->output_offset);
    const __m256i lowest = _mm256_set1_epi32(job.a->clamp_min);
    const __m256i highest = _mm256_set1_epi32(job.a->clamp_max);
    const auto finish = [&](__m256i sum, int half) VERGE_INLINE {
        const __m256i stored =
            _mm256_add_epi32(simd::multiply8(sum, job.finish.scale[half]), zero_point);
        return _mm256_min_epi32(_mm256_max_epi32(stored, lowest), highest);
    };
    const __m256i words = _mm256_packs_epi32(finish(low, 0), finish(high, 1));
    const __m128i bytes =
        _mm_packs_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
    if constexpr (kPart == Part::whole) {
        _mm_storeu_si128(reinterpret_cast<__m128i*>(y), bytes);
    } else if constexpr (kPart == Part::half) {
        _mm_storel_epi64(reinterpret_cast<__m128i*>(y), bytes);
    } else {
        std::int8_t all[kChannels];
        _mm_storeu_si128(reinterpret_cast<__m128i*>(all), bytes);
        std::memcpy(y, all, job.count);
    }
}

/// One output row, and the input of its image.
struct Row {
    const std::int8_t* x;
    std::int8_t* y;
    sliding::Taps taps;
    sliding::Axis columns;
};

/// Channels from c on of output pixels [first, last) of a row.
void run_channels(const DepthwiseConv2D& a,
                  const Shape& s,
                  const Bytes& d,
                  const Row& row,
                  std::int32_t c,
                  std::int32_t first,
                  std::int32_t last) {
    const std::int32_t left = s.in_c - c;
    const Job job{&a, &s, d.weights + c, load_finish(d, s.in_c, c),
                  static_cast<std::size_t>(left < kChannels ? left : kChannels)};
    for (std::int32_t ox = first; ox < last; ++ox) {
        const Window window{row.taps, sliding::clip(row.columns, ox)};
        std::int8_t* y = row.y + static_cast<std::size_t>(ox) * s.out_pixel + c;
        if (left >= kChannels) {
            run_block<Part::whole>(job, window, row.x + c, y);
        } else if (left == kChannels / 2) {
            run_block<Part::half>(job, window, row.x + c, y);
        } else {
            run_block<Part::any>(job, window, row.x + c, y);
        }
    }
}

/// A row block of channels by block; pixel by pixel where the output lies over the input.
void run_row(
    const DepthwiseConv2D& a, const Shape& s, const Bytes& d, const Row& row, bool is_ordered) {
    const std::int32_t pixels = is_ordered ? 1 : s.out_w;
    for (std::int32_t ox = 0; ox < s.out_w; ox += pixels) {
        for (std::int32_t c = 0; c < s.in_c; c += kChannels) {
            run_channels(a, s, d, row, c, ox, ox + pixels);
        }
    }
}

}  // namespace

void depthwise_conv2d_s8_s8_s8_avx2(const Call& call, Tiles tiles) noexcept {
    const auto a = call.attributes<DepthwiseConv2D>();
    const Shape s = shape_of(call);
    const auto d = data_of<std::int8_t, std::int8_t>(call);
    if (!is_plain(a)) {
        run_rows<Finish32, std::uint32_t>(a, s, d, tiles.first, tiles.last);
        return;
    }
    const bool is_ordered = (call.step().flags & plan::step_flag::ordered) != 0;
    const sliding::Axis rows{a.stride_h, a.pad_top, a.kernel_h, a.dilation_h, s.in_h};
    const sliding::Axis columns{a.stride_w, a.pad_left, a.kernel_w, a.dilation_w, s.in_w};
    for (std::uint32_t tile = tiles.first; tile < tiles.last; ++tile) {
        const std::size_t image = tile / static_cast<std::uint32_t>(s.out_h);
        const auto oy = static_cast<std::int32_t>(tile % static_cast<std::uint32_t>(s.out_h));
        const Row row{d.x + image * static_cast<std::size_t>(s.in_h) * s.in_row,
                      d.y + tile * s.out_row, sliding::clip(rows, oy), columns};
        run_row(a, s, d, row, is_ordered);
    }
}

}  // namespace verge::kernel
