#pragma once
// What a processor can do, as bits: what kernels need, what targets have.

#include <cstdint>

namespace verge::cpu {

inline constexpr std::uint16_t avx2 = 1U << 0U;         // with FMA
inline constexpr std::uint16_t avx512_vnni = 1U << 1U;  // with F, BW, DQ, VL
inline constexpr std::uint16_t neon = 1U << 2U;
inline constexpr std::uint16_t neon_dot = 1U << 3U;
inline constexpr std::uint16_t neon_i8mm = 1U << 4U;
inline constexpr std::uint16_t arm_dsp = 1U << 5U;  // Cortex-M4, M7, M33
inline constexpr std::uint16_t arm_mve = 1U << 6U;  // Cortex-M55
inline constexpr std::uint16_t fpu32 = 1U << 7U;

/// What the compiler was told that every machine that runs this code has.
[[nodiscard]] constexpr std::uint16_t compiled() {
    std::uint16_t features = 0;
#if defined(__AVX2__) && defined(__FMA__)
    features |= avx2;
#endif
#if defined(__AVX512VNNI__) && defined(__AVX512BW__) && defined(__AVX512VL__)
    features |= avx512_vnni;
#endif
#if defined(__ARM_NEON) && defined(__aarch64__)
    features |= neon;
#endif
#if defined(__ARM_FEATURE_DOTPROD)
    features |= neon_dot;
#endif
#if defined(__ARM_FEATURE_MATMUL_INT8)
    features |= neon_i8mm;
#endif
#if defined(__ARM_FEATURE_DSP) && !defined(__aarch64__)
    features |= arm_dsp;
#endif
#if defined(__ARM_FEATURE_MVE)
    features |= arm_mve;
#endif
#if defined(__ARM_FP) || defined(__x86_64__) || defined(__aarch64__) || defined(__riscv_f)
    features |= fpu32;
#endif
    return features;
}

/// True for RISC-V, whose instructions have other names than Arm's.
#if defined(__riscv)
inline constexpr bool kIsRiscv = true;
#else
inline constexpr bool kIsRiscv = false;
#endif

/// True where one instruction loads a word from any address.
#if defined(__ARM_FEATURE_UNALIGNED)
inline constexpr bool kLoadsWordsAnywhere = true;
#else
inline constexpr bool kLoadsWordsAnywhere = false;
#endif

}  // namespace verge::cpu
