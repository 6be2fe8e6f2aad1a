// conv2d for AVX2: gathers the windows of a tile of pixels as int16, then multiplies pairs and adds
// them (vpmaddwd, which cannot overflow: two products of int8), 16 channels by 4 pixels at a time.

#include <immintrin.h>

#include <cstring>

#include "base/simd.hpp"
#include "base/simd_avx2.hpp"
#include "operators/conv2d/layout.hpp"
#include "operators/conv2d/packed_call.hpp"

namespace verge::kernel {
namespace {

using namespace conv2d_gather;
using simd::Scale8;

/// Bias and requantisation of eight channels.
struct Finish {
    __m256i bias;
    Scale8 scale;
};

[[gnu::always_inline]] inline Finish load_finish(const std::int32_t* bias,
                                                 const std::int32_t* requant,
                                                 std::size_t channels) {
    return {simd::load8(bias), simd::scale8(simd::load8(requant), simd::load8(requant + channels))};
}

constexpr conv2d_layout::Blocks kBlocks = conv2d_layout::kBlocks[conv2d_layout::kAvx2];
constexpr std::uint32_t kPixels = 4;  // of a micro-kernel

/// Appends int8 values to a patch as int16.
struct Widen {
    std::int16_t* to;
    std::int16_t padding;

    [[gnu::always_inline]] void copy(const std::int8_t* from, std::uint32_t count) {
        std::uint32_t i = 0;
        for (; i + 16 <= count; i += 16) {
            const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + i));
            _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + i), _mm256_cvtepi8_epi16(bytes));
        }
        if (i + 8 <= count) {
            const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from + i));
            _mm_storeu_si128(reinterpret_cast<__m128i*>(to + i), _mm_cvtepi8_epi16(bytes));
            i += 8;
        }
        for (; i < count; ++i) {
            to[i] = from[i];
        }
        to += count;
    }

    [[gnu::always_inline]] void pad(std::uint32_t count) {
        for (std::uint32_t i = 0; i < count; ++i) {
            to[i] = padding;
        }
        to += count;
    }
};

/// What stays the same for all pixels.
struct Job {
    const std::int8_t* weights;
    std::size_t pairs;         // of products
    std::size_t block_stride;  // bytes of the weights of a block
    std::size_t pitch;         // values from patch to patch
    __m256i offset;
    __m128i low;
    __m128i high;
};

/// Stores up to 16 channels of a pixel.
[[gnu::always_inline]] inline void store(const Job& job,
                                         __m256i first,
                                         __m256i second,
                                         const Finish* finish,
                                         std::int8_t* y,
                                         std::uint32_t channels) {
    const __m256i low = _mm256_add_epi32(simd::multiply8(first, finish[0].scale), job.offset);
    const __m256i high = _mm256_add_epi32(simd::multiply8(second, finish[1].scale), job.offset);
    const __m256i words = _mm256_permute4x64_epi64(_mm256_packs_epi32(low, high), 0xd8);
    const __m128i packed =
        _mm_packs_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
    const __m128i bytes = _mm_min_epi8(_mm_max_epi8(packed, job.low), job.high);
    if (channels >= 16) {
        _mm_storeu_si128(reinterpret_cast<__m128i*>(y), bytes);
    } else {
        std::int8_t all[16];
        _mm_storeu_si128(reinterpret_cast<__m128i*>(all), bytes);
        std::memcpy(y, all, channels);
    }
}

/// Channels of Blocks blocks for Pixels pixels; stores `channels` of them.
template <int Blocks, int Pixels>
[[gnu::always_inline]] inline void run_micro(const Job& job,
                                             const Finish* finish,
                                             const std::int16_t* patch,
                                             std::int8_t* const* y,
                                             std::uint32_t channels) {
    __m256i sums[Blocks][Pixels];
    simd::repeat<Pixels>([&](auto p) VERGE_INLINE {
        simd::repeat<Blocks>([&](auto b) VERGE_INLINE { sums[b][p] = finish[b].bias; });
    });
    const std::int8_t* weights = job.weights;
    const std::size_t block_stride = job.block_stride;
    const std::size_t pitch = job.pitch;
    for (std::size_t k = job.pairs; k > 0; --k) {
        __m256i w[Blocks];
        simd::repeat<Blocks>([&](auto b) VERGE_INLINE {
            w[b] = _mm256_cvtepi8_epi16(_mm_loadu_si128(
                reinterpret_cast<const __m128i*>(weights + std::size_t{b} * block_stride)));
        });
        simd::repeat<Pixels>([&](auto p) VERGE_INLINE {
            std::int32_t pair = 0;
            std::memcpy(&pair, patch + std::size_t{p} * pitch, 4);
            const __m256i x = _mm256_set1_epi32(pair);
            simd::repeat<Blocks>([&](auto b) VERGE_INLINE {
                sums[b][p] = _mm256_add_epi32(sums[b][p], _mm256_madd_epi16(x, w[b]));
            });
        });
        weights += 16;
        patch += 2;
    }
    simd::repeat<Pixels>([&](auto p) VERGE_INLINE {
        store(job, sums[0][p], sums[Blocks - 1][p], finish, y[p], channels);
    });
}

/// One or two blocks of channels for all pixels of a tile. Not inlined: the constants of `finish`
/// would take the registers that the sums need.
template <int Blocks>
[[gnu::noinline]] void run_blocks(const Job& job,
                                  const Finish* finish,
                                  const std::int16_t* patch,
                                  std::int8_t** y,
                                  std::uint32_t pixels,
                                  std::uint32_t channels) {
    std::uint32_t p = 0;
    for (; p + kPixels <= pixels; p += kPixels) {
        run_micro<Blocks, kPixels>(job, finish, patch + p * job.pitch, y + p, channels);
    }
    for (; p < pixels; ++p) {
        run_micro<Blocks, 1>(job, finish, patch + p * job.pitch, y + p, channels);
    }
}

/// The gathered windows of a tile, and where their outputs go.
struct Gathered {
    std::int16_t* patches;
    std::int8_t* y[kBlocks.pixels];
    std::uint32_t pixels;
};

void gather_tile(const Call& call,
                 const Conv2D& a,
                 const Geometry& g,
                 std::size_t pitch,
                 std::uint32_t tile,
                 Gathered& gathered) {
    const std::uint32_t first = tile * kBlocks.pixels;
    const std::uint32_t left = g.pixels - first;
    gathered.pixels = left < kBlocks.pixels ? left : kBlocks.pixels;
    gathered.patches = reinterpret_cast<std::int16_t*>(call.scratch());
    for (std::uint32_t p = 0; p < gathered.pixels; ++p) {
        Widen sink{gathered.patches + p * pitch, static_cast<std::int16_t>(-a.input_offset)};
        gather_pixel(a, g, call.in<std::int8_t>(0), first + p, sink);
        *sink.to = 0;  // the second of the last pair, when there is one product too few
        gathered.y[p] = output_pixel(g, call.out<std::int8_t>(0), first + p);
    }
}

void run_tile(const Call& call, const Geometry& g, Job job, Gathered& gathered) {
    const std::uint32_t padded = conv2d_layout::round_up(g.out_c, kBlocks.outputs);
    const auto* bias = call.in<std::int32_t>(2);
    const auto* requant = call.in<std::int32_t>(3);
    for (std::uint32_t o = 0; o < padded; o += 2 * kBlocks.outputs) {
        const bool has_second = o + kBlocks.outputs < padded;
        const std::uint32_t second = o + (has_second ? kBlocks.outputs : 0U);
        const Finish finish[2] = {load_finish(bias + o, requant + o, padded),
                                  load_finish(bias + second, requant + second, padded)};
        const std::uint32_t channels = g.out_c - o;
        if (has_second) {
            run_blocks<2>(job, finish, gathered.patches, gathered.y, gathered.pixels, channels);
        } else {
            run_blocks<1>(job, finish, gathered.patches, gathered.y, gathered.pixels, channels);
        }
        for (std::uint32_t p = 0; p < gathered.pixels; ++p) {
            gathered.y[p] += 2 * kBlocks.outputs;
        }
        job.weights += 2 * job.block_stride;
    }
}

}  // namespace

void conv2d_s8_s8_s8_avx2(const Call& call, Tiles tiles) noexcept {
    const auto a = call.attributes<Conv2D>();
    const Geometry g = geometry_of(call, a);
    const std::size_t pairs = conv2d_layout::round_up(g.depth, kBlocks.depth) / kBlocks.depth;
    const Job job{call.in<std::int8_t>(1),
                  pairs,
                  pairs * kBlocks.outputs * kBlocks.depth,
                  conv2d_layout::patch_pitch(conv2d_layout::kAvx2, g.depth) / sizeof(std::int16_t),
                  _mm256_set1_epi32(a.output_offset),
                  _mm_set1_epi8(static_cast<char>(a.clamp_min)),
                  _mm_set1_epi8(static_cast<char>(a.clamp_max))};
    for (std::uint32_t tile = tiles.first; tile < tiles.last; ++tile) {
        Gathered gathered;
        gather_tile(call, a, g, job.pitch, tile, gathered);
        run_tile(call, g, job, gathered);
    }
}

}  // namespace verge::kernel
