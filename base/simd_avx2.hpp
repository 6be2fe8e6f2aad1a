#pragma once
// multiply() of base/fixed_point.hpp for eight lanes of AVX2. Internal linkage, always inlined;
// only for files that are built with -mavx2.

#include <immintrin.h>

#include <cstdint>

namespace verge::simd {

[[gnu::always_inline]] static inline __m256i load8(const std::int32_t* from) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
}

/// Multipliers and shifts of eight lanes, ready to be used.
struct Scale8 {
    __m256i multiplier;      // of even lanes
    __m256i multiplier_odd;  // of odd lanes, where even ones stand
    __m256i left;
    __m256i right;
    __m256i mask;       // 2^right - 1
    __m256i threshold;  // mask / 2
};

/// Multipliers >= 0, shifts in [-31, 30].
[[gnu::always_inline]] static inline Scale8 scale8(__m256i multiplier, __m256i shift) {
    const __m256i zero = _mm256_setzero_si256();
    const __m256i one = _mm256_set1_epi32(1);
    const __m256i right = _mm256_max_epi32(_mm256_sub_epi32(zero, shift), zero);
    const __m256i mask = _mm256_sub_epi32(_mm256_sllv_epi32(one, right), one);
    return {multiplier, _mm256_srli_epi64(multiplier, 32), _mm256_max_epi32(shift, zero), right,
            mask,       _mm256_srli_epi32(mask, 1)};
}

/// For every x. The doubling high multiply is (x * m + 2^30) >> 31 in 64 bits; then the remainder
/// says whether to round up.
[[gnu::always_inline]] static inline __m256i multiply8(__m256i x, const Scale8& s) {
    const __m256i nudge = _mm256_set1_epi64x(std::int64_t{1} << 30U);
    const __m256i shifted = _mm256_sllv_epi32(x, s.left);
    const __m256i even = _mm256_mul_epi32(shifted, s.multiplier);
    const __m256i odd = _mm256_mul_epi32(_mm256_srli_epi64(shifted, 32), s.multiplier_odd);
    const __m256i even_high = _mm256_srli_epi64(_mm256_add_epi64(even, nudge), 31);
    const __m256i odd_high = _mm256_slli_epi64(_mm256_add_epi64(odd, nudge), 1);
    const __m256i high = _mm256_blend_epi32(even_high, odd_high, 0xaa);
    const __m256i threshold = _mm256_sub_epi32(s.threshold, _mm256_srai_epi32(high, 31));
    const __m256i is_above = _mm256_cmpgt_epi32(_mm256_and_si256(high, s.mask), threshold);
    return _mm256_sub_epi32(_mm256_srav_epi32(high, s.right), is_above);
}

}  // namespace verge::simd
