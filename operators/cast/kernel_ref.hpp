#pragma once
// cast, the truth. Portable C++17.

#include <cstdint>
#include <cstring>

namespace verge::kernel::cast_ref {

/// Elements pass through 64-bit integers (u64 by its bits) in small groups; floats only directly.
inline constexpr std::uint32_t kGroup = 32;

/// Towards zero; what is beyond [low, high] becomes the bound, NaN 0.
static inline std::int64_t integer_from(float x, float low, float beyond, std::int64_t most) {
    if (x != x) {
        return 0;
    }
    return x >= beyond ? most : static_cast<std::int64_t>(x < low ? low : x);
}

/// The range of an integer type of so many bits as floats, and its greatest value.
static inline std::int64_t integer_from(float x, std::uint32_t bits, bool is_signed) {
    const std::uint32_t magnitude = is_signed ? bits - 1U : bits;
    const float beyond = 2.0F * static_cast<float>(std::uint64_t{1} << (magnitude - 1U));
    const float low = is_signed ? -beyond : 0.0F;
    if (magnitude == 64 && x >= 9223372036854775808.0F) {
        return x >= beyond ? -1 : static_cast<std::int64_t>(static_cast<std::uint64_t>(x));
    }
    const std::uint64_t most =
        magnitude == 64 ? 0x7fffffffffffffffU : (std::uint64_t{1} << magnitude) - 1U;
    return integer_from(x, low, beyond, static_cast<std::int64_t>(most));
}

template <typename T>
static inline void load(const void* x,
                        std::uint32_t first,
                        std::uint32_t count,
                        std::int64_t* group) {
    for (std::uint32_t i = 0; i < count; ++i) {
        group[i] = static_cast<std::int64_t>(static_cast<const T*>(x)[first + i]);
    }
}

/// Drops the high bits, as C++ does.
template <typename T>
static inline void store(void* y,
                         std::uint32_t first,
                         std::uint32_t count,
                         const std::int64_t* group) {
    for (std::uint32_t i = 0; i < count; ++i) {
        static_cast<T*>(y)[first + i] = static_cast<T>(group[i]);
    }
}

}  // namespace verge::kernel::cast_ref
