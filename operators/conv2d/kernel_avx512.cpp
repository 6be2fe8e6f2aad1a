// conv2d for AVX-512 with VNNI: gathers the windows of a tile of pixels as uint8 (x + 128; the sum
// of the weights in the bias takes it back), then multiplies and adds fours, 32 channels by 12
// pixels at a time. A 1x1 convolution reads x where it lies.

#include <immintrin.h>

#include <cstring>

#include "base/simd.hpp"
#include "operators/conv2d/layout.hpp"
#include "operators/conv2d/packed_call.hpp"

namespace verge::kernel {
namespace {

using namespace conv2d_gather;

constexpr conv2d_layout::Blocks kBlocks = conv2d_layout::kBlocks[conv2d_layout::kAvx512];
constexpr std::uint32_t kPixels = 12;  // of a micro-kernel

/// Appends int8 values to a patch as uint8, 128 higher.
struct Lift {
    std::int8_t* to;
    std::int8_t padding;

    [[gnu::always_inline]] void copy(const std::int8_t* from, std::uint32_t count) {
        const __m512i flip = _mm512_set1_epi8(static_cast<char>(-128));
        std::uint32_t i = 0;
        for (; i + 64 <= count; i += 64) {
            _mm512_storeu_si512(to + i, _mm512_xor_si512(_mm512_loadu_si512(from + i), flip));
        }
        const __mmask64 rest = (std::uint64_t{1} << (count - i)) - 1U;
        const __m512i values = _mm512_maskz_loadu_epi8(rest, from + i);
        _mm512_mask_storeu_epi8(to + i, rest, _mm512_xor_si512(values, flip));
        to += count;
    }

    [[gnu::always_inline]] void pad(std::uint32_t count) {
        std::memset(to, padding, count);
        to += count;
    }
};

/// Bias and requantisation of sixteen channels. With p = x * m and e = the right shift, multiply()
/// is (p + 2^30 + 2^(30+e) - (p < 0 ? 2^31 : 0)) >> (31 + e) in 64 bits for e > 0, and
/// (p + 2^30) >> 31 for e = 0. Even and odd lanes apart.
struct Finish {
    __m512i bias;
    __m512i left;
    __m512i multiplier[2];
    __m512i nudge[2];
    __m512i sign[2];
    __m512i right[2];
};

[[gnu::always_inline]] inline Finish load_finish(const std::int32_t* bias,
                                                 const std::int32_t* requant,
                                                 std::size_t channels) {
    const __m512i zero = _mm512_setzero_si512();
    const __m512i multiplier = _mm512_loadu_si512(requant);
    const __m512i shift = _mm512_loadu_si512(requant + channels);
    const __m512i right = _mm512_max_epi32(_mm512_sub_epi32(zero, shift), zero);
    Finish f{};
    f.bias = _mm512_loadu_si512(bias);
    f.left = _mm512_max_epi32(shift, zero);
    for (int odd = 0; odd < 2; ++odd) {
        const auto lanes = [&](__m512i x) {
            const __m512i at_even = odd == 0 ? x : _mm512_srli_epi64(x, 32);
            return _mm512_and_si512(at_even, _mm512_set1_epi64(0xffffffff));
        };
        const __m512i e = lanes(right);
        const __mmask8 rounds = _mm512_test_epi64_mask(e, e);
        const __m512i half = _mm512_set1_epi64(std::int64_t{1} << 30U);
        f.multiplier[odd] = lanes(multiplier);
        f.nudge[odd] = _mm512_mask_add_epi64(half, rounds, half, _mm512_sllv_epi64(half, e));
        f.sign[odd] = _mm512_maskz_set1_epi64(rounds, std::int64_t{1} << 31U);
        f.right[odd] = _mm512_add_epi64(e, _mm512_set1_epi64(31));
    }
    return f;
}

/// One product of each even lane.
[[gnu::always_inline]] inline __m512i multiply_half(__m512i x, const Finish& f, int odd) {
    const __m512i product = _mm512_mul_epi32(x, f.multiplier[odd]);
    const __m512i nudged = _mm512_add_epi64(product, f.nudge[odd]);
    const __mmask8 is_negative = _mm512_movepi64_mask(product);
    const __m512i sum = _mm512_mask_sub_epi64(nudged, is_negative, nudged, f.sign[odd]);
    return _mm512_srav_epi64(sum, f.right[odd]);
}

/// multiply() of base/fixed_point.hpp for sixteen lanes, for every input.
[[gnu::always_inline]] inline __m512i multiply16(__m512i x, const Finish& f) {
    const __m512i shifted = _mm512_sllv_epi32(x, f.left);
    const __m512i even = multiply_half(shifted, f, 0);
    const __m512i odd = multiply_half(_mm512_srli_epi64(shifted, 32), f, 1);
    return _mm512_mask_blend_epi32(0xaaaa, even, _mm512_slli_epi64(odd, 32));
}

/// Adds four products to each lane. Behind the intrinsic, g++ 12 also writes every sum to the
/// stack: that halves the speed.
[[gnu::always_inline]] inline void multiply_add(__m512i& sums, __m512i x, __m512i weights) {
    asm("vpdpbusd %2, %1, %0" : "+v"(sums) : "v"(x), "v"(weights));
}

/// What stays the same for all pixels.
struct Job {
    const std::int8_t* weights;
    std::size_t fours;         // of products
    std::size_t block_stride;  // bytes of the weights of a block
    std::size_t pitch;         // bytes from patch to patch
    __m512i flip;              // makes uint8 of a four: zero where the patch did so already
    __m512i offset;
    __m128i low;
    __m128i high;
};

[[gnu::always_inline]] inline void store(
    const Job& job, __m512i sums, const Finish& f, std::int8_t* y, std::uint32_t channels) {
    const __m512i scaled = _mm512_add_epi32(multiply16(sums, f), job.offset);
    const __m128i bytes =
        _mm_min_epi8(_mm_max_epi8(_mm512_cvtsepi32_epi8(scaled), job.low), job.high);
    const std::uint32_t count = channels < 16 ? channels : 16;
    _mm_mask_storeu_epi8(y, static_cast<__mmask16>((1U << count) - 1U), bytes);
}

/// Channels of Blocks blocks for Pixels pixels; stores `channels` of them.
template <int Blocks, int Pixels>
[[gnu::always_inline]] inline void run_micro(const Job& job,
                                             const Finish* finish,
                                             const std::int8_t* patch,
                                             std::int8_t* const* y,
                                             std::uint32_t channels) {
    __m512i sums[Blocks][Pixels];
    simd::repeat<Pixels>([&](auto p) VERGE_INLINE {
        simd::repeat<Blocks>([&](auto b) VERGE_INLINE { sums[b][p] = finish[b].bias; });
    });
    const std::int8_t* weights = job.weights;
    const std::size_t block_stride = job.block_stride;
    const std::size_t pitch = job.pitch;
    for (std::size_t k = job.fours; k > 0; --k) {
        __m512i w[Blocks];
        simd::repeat<Blocks>([&](auto b) VERGE_INLINE {
            w[b] = _mm512_loadu_si512(weights + std::size_t{b} * block_stride);
        });
        simd::repeat<Pixels>([&](auto p) VERGE_INLINE {
            std::int32_t four = 0;
            std::memcpy(&four, patch + std::size_t{p} * pitch, 4);
            const __m512i x = _mm512_xor_si512(_mm512_set1_epi32(four), job.flip);
            simd::repeat<Blocks>([&](auto b) VERGE_INLINE { multiply_add(sums[b][p], x, w[b]); });
        });
        weights += 64;
        patch += 4;
    }
    simd::repeat<Pixels>([&](auto p) VERGE_INLINE {
        simd::repeat<Blocks>([&](auto b) VERGE_INLINE {
            store(job, sums[b][p], finish[b], y[p] + 16 * b, channels - 16U * b);
        });
    });
}

/// One or two blocks of channels for all pixels of a tile. Not inlined: the constants of `finish`
/// would take the registers that the sums need.
template <int Blocks>
[[gnu::noinline]] void run_blocks(const Job& job,
                                  const Finish* finish,
                                  const std::int8_t* patch,
                                  std::int8_t** y,
                                  std::uint32_t pixels,
                                  std::uint32_t channels) {
    std::uint32_t p = 0;
    for (; p + kPixels <= pixels; p += kPixels) {
        run_micro<Blocks, kPixels>(job, finish, patch + p * job.pitch, y + p, channels);
    }
    for (; p + 4 <= pixels; p += 4) {
        run_micro<Blocks, 4>(job, finish, patch + p * job.pitch, y + p, channels);
    }
    for (; p < pixels; ++p) {
        run_micro<Blocks, 1>(job, finish, patch + p * job.pitch, y + p, channels);
    }
}

/// The windows of a tile, and where their outputs go.
struct Gathered {
    const std::int8_t* patches;
    std::int8_t* y[kBlocks.pixels];
    std::uint32_t pixels;
};

/// True when the pixels of x are the patches: then nothing is gathered. An ordered step writes over
/// what the tile still reads.
bool reads_directly(const Call& call, const Conv2D& a, const Geometry& g) {
    const bool is_pointwise = a.kernel_h == 1 && a.kernel_w == 1 && a.stride_h == 1 &&
                              a.stride_w == 1 && a.pad_top == 0 && a.pad_left == 0;
    const plan::Tensor& x = call.input(0);
    return is_pointwise && g.depth % kBlocks.depth == 0 && plan::is_dense(x) &&
           x.dims[1] == g.out_h && x.dims[2] == g.out_w &&
           (call.step().flags & plan::step_flag::ordered) == 0;
}

void gather_tile(const Call& call,
                 const Conv2D& a,
                 const Geometry& g,
                 const Job& job,
                 std::uint32_t first,
                 Gathered& gathered) {
    auto* patches = reinterpret_cast<std::int8_t*>(call.scratch());
    for (std::uint32_t p = 0; p < gathered.pixels; ++p) {
        Lift sink{patches + p * job.pitch, static_cast<std::int8_t>(-a.input_offset ^ 0x80)};
        gather_pixel(a, g, call.in<std::int8_t>(0), first + p, sink);
        std::memset(sink.to, 0, 3);  // the rest of the last four
    }
    gathered.patches = patches;
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

Job job_of(const Call& call, const Conv2D& a, const Geometry& g, bool is_direct) {
    const std::size_t fours = conv2d_layout::round_up(g.depth, kBlocks.depth) / kBlocks.depth;
    return {call.in<std::int8_t>(1),
            fours,
            fours * kBlocks.outputs * kBlocks.depth,
            is_direct ? g.depth : conv2d_layout::patch_pitch(conv2d_layout::kAvx512, g.depth),
            _mm512_set1_epi8(static_cast<char>(is_direct ? -128 : 0)),
            _mm512_set1_epi32(a.output_offset),
            _mm_set1_epi8(static_cast<char>(a.clamp_min)),
            _mm_set1_epi8(static_cast<char>(a.clamp_max))};
}

}  // namespace

void conv2d_s8_s8_s8_avx512(const Call& call, Tiles tiles) noexcept {
    const auto a = call.attributes<Conv2D>();
    const Geometry g = geometry_of(call, a);
    const bool is_direct = reads_directly(call, a, g);
    const Job job = job_of(call, a, g, is_direct);
    for (std::uint32_t tile = tiles.first; tile < tiles.last; ++tile) {
        const std::uint32_t first = tile * kBlocks.pixels;
        Gathered gathered;
        gathered.pixels = g.pixels - first < kBlocks.pixels ? g.pixels - first : kBlocks.pixels;
        gathered.patches = call.in<std::int8_t>(0) + std::size_t{first} * g.depth;
        for (std::uint32_t p = 0; p < gathered.pixels; ++p) {
            gathered.y[p] = output_pixel(g, call.out<std::int8_t>(0), first + p);
        }
        if (!is_direct) {
            gather_tile(call, a, g, job, first, gathered);
        }
        run_tile(call, g, job, gathered);
    }
}

}  // namespace verge::kernel
