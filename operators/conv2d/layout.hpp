#pragma once
// conv2d: how packed constants look to the kernels that do not read the canonical ones, and what
// they need besides. Freestanding, C++17.
//
// A packed call has int8 weights [O/outputs][K/depth][outputs][depth], where K counts the products
// of one output (KH*KW*C) and what is missing to whole blocks is zero; a bias [O] with the offset
// of the input folded in, so that padding is the zero point of x; requant [2,O]. O is rounded up to
// whole blocks everywhere.

#include <cstdint>

namespace verge::conv2d_layout {

inline constexpr std::uint8_t kAvx2 = 1;
inline constexpr std::uint8_t kAvx512 = 2;
inline constexpr std::uint8_t kDsp = 3;

struct Blocks {
    std::uint32_t outputs;      // channels that are computed at a time
    std::uint32_t depth;        // products that are summed at a time
    std::uint32_t pixels;       // of a tile
    std::uint32_t patch_bytes;  // of one gathered value
    std::int32_t shift;         // what a gathered value has on top of the int8 of x
};

inline constexpr Blocks kBlocks[] = {
    {1, 1, 1, 1, 0},      // canonical
    {8, 2, 24, 2, 0},     // avx2: pairs of int16, multiplied and added
    {16, 4, 24, 1, 128},  // avx512: fours of uint8 and int8, multiplied and added
    {2, 4, 2, 2, 0},      // dsp: pairs of int16; weights 0, 2, 1, 3 of each four
};

[[nodiscard]] constexpr bool is_packed(std::uint8_t layout) {
    return layout == kAvx2 || layout == kAvx512 || layout == kDsp;
}

[[nodiscard]] constexpr std::uint32_t round_up(std::uint32_t value, std::uint32_t block) {
    return (value + block - 1U) / block * block;
}

/// Where product k of a four stands in the dsp layout: sign extension takes bytes 0 and 2, then 1
/// and 3.
[[nodiscard]] constexpr std::uint32_t dsp_place(std::uint32_t k) {
    return (k & ~3U) | (k & 1U) << 1U | (k >> 1U & 1U);
}

/// Products that a gathered patch may have at most, so that scratch stays far below 2^31 bytes.
inline constexpr std::uint32_t kMostDepth = 1U << 22U;

/// Bytes from one gathered pixel to the next. One line more than needed: patches of a power of two
/// would share the same lines of the cache. The dsp patch interleaves its two pixels.
[[nodiscard]] constexpr std::uint32_t patch_pitch(std::uint8_t layout, std::uint32_t depth) {
    const Blocks& blocks = kBlocks[layout];
    const std::uint32_t bytes = round_up(depth, blocks.depth) * blocks.patch_bytes;
    return layout == kDsp ? bytes : round_up(bytes, 64) + 64U;
}

/// Scratch of one worker; three bytes more where it must be aligned.
[[nodiscard]] constexpr std::uint32_t scratch_bytes(std::uint8_t layout, std::uint32_t depth) {
    return kBlocks[layout].pixels * patch_pitch(layout, depth) + (layout == kDsp ? 3U : 0U);
}

}  // namespace verge::conv2d_layout
