// fully_connected for AVX2: four outputs at a time share what they read of x; sixteen products of
// int16 at a time (vpmaddwd, which cannot overflow: |x + offset| <= 256).

#include <immintrin.h>

#include "base/simd.hpp"
#include "operators/fully_connected/shape_of.hpp"

namespace verge::kernel {
namespace {

using namespace fully_connected_ref;
using Bytes = Data<std::int8_t, std::int8_t>;

[[gnu::always_inline]] inline __m256i widen(const std::int8_t* from) {
    return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)));
}

/// The sum of eight lanes.
[[gnu::always_inline]] inline std::uint32_t sum_lanes(__m256i lanes) {
    __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4e));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xb1));
    return static_cast<std::uint32_t>(_mm_cvtsi128_si32(sum));
}

/// Outputs o to o + Rows - 1 of one row of x.
template <int Rows>
[[gnu::always_inline]] inline void run_outputs(const FullyConnected& a,
                                               const Shape& s,
                                               const Bytes& d,
                                               const std::int8_t* x,
                                               std::int8_t* y,
                                               std::uint32_t o) {
    const __m256i offset = _mm256_set1_epi16(static_cast<std::int16_t>(a.input_offset));
    const std::int8_t* weights = d.weights + o * s.inputs;
    __m256i sums[Rows];
    simd::repeat<Rows>([&](auto r) VERGE_INLINE { sums[r] = _mm256_setzero_si256(); });
    std::size_t i = 0;
    for (; i + 16 <= s.inputs; i += 16) {
        const __m256i values = _mm256_add_epi16(widen(x + i), offset);
        simd::repeat<Rows>([&](auto r) VERGE_INLINE {
            const __m256i w = widen(weights + std::size_t{r} * s.inputs + i);
            sums[r] = _mm256_add_epi32(sums[r], _mm256_madd_epi16(values, w));
        });
    }
    simd::repeat<Rows>([&](auto r) VERGE_INLINE {
        const std::uint32_t rest =
            dot<std::uint32_t>(a, s.inputs - i, x + i, weights + std::size_t{r} * s.inputs + i);
        y[o + r] = Finish32::finish(a, s, d, sum_lanes(sums[r]) + rest, o + std::uint32_t{r});
    });
}

}  // namespace

void fully_connected_s8_s8_s8_avx2(const Call& call, Tiles tiles) noexcept {
    const auto a = call.attributes<FullyConnected>();
    const Shape s = shape_of(call);
    const auto d = data_of<std::int8_t, std::int8_t>(call);
    if (!is_plain(a)) {
        run_blocks<Finish32, std::uint32_t>(a, s, d, tiles.first, tiles.last);
        return;
    }
    const std::uint32_t blocks = (s.outputs - 1U) / kFullyConnectedBlock + 1U;
    for (std::uint32_t tile = tiles.first; tile < tiles.last; ++tile) {
        const std::size_t row = tile / blocks;
        std::uint32_t o = tile % blocks * kFullyConnectedBlock;
        const std::uint32_t end =
            s.outputs - o < kFullyConnectedBlock ? s.outputs : o + kFullyConnectedBlock;
        const std::int8_t* x = d.x + row * s.inputs;
        std::int8_t* y = d.y + row * s.outputs;
        for (; o + 4 <= end; o += 4) {
            run_outputs<4>(a, s, d, x, y, o);
        }
        for (; o < end; ++o) {
            run_outputs<1>(a, s, d, x, y, o);
        }
    }
}

}  // namespace verge::kernel
