// The square root two bits of the radicand at a time. Small numbers take the 32-bit road, which a
// microcontroller walks several times faster.

#include "signal/square_root.hpp"

#include <bit>
#include <cstddef>
#include <limits>

namespace verge::signal {
namespace {

/// Precondition: x > 0. Rounds up where the rest is above the root, except at the largest root of
/// the type.
template <typename Radicand, typename Root>
std::uint32_t root_of(Radicand x) {
    Radicand root = 0;
    const int leading = static_cast<int>(std::bit_width(x)) - 1;
    for (Radicand bit = Radicand{1} << (leading & ~1); bit != 0; bit >>= 2) {
        const Radicand trial = root + bit;
        root >>= 1;
        if (x >= trial) {
            x -= trial;
            root += bit;
        }
    }
    const bool up = x > root && root != std::numeric_limits<Root>::max();
    return static_cast<std::uint32_t>(up ? root + 1 : root);
}

}  // namespace

std::uint32_t square_root(std::uint64_t x) noexcept {
    if (x == 0) {
        return 0;
    }
    if (x >> 32 == 0) {
        return root_of<std::uint32_t, std::uint16_t>(static_cast<std::uint32_t>(x));
    }
    return root_of<std::uint64_t, std::uint32_t>(x);
}

std::uint32_t magnitude(ComplexI32 value) noexcept {
    const auto real = static_cast<std::uint32_t>(value.real < 0 ? -value.real : value.real);
    const auto imag = static_cast<std::uint32_t>(value.imag < 0 ? -value.imag : value.imag);
    const int excess = static_cast<int>(std::bit_width(real | imag)) - 15;
    const int shift = excess > 0 ? excess : 0;
    const std::uint32_t square =
        (real >> shift) * (real >> shift) + (imag >> shift) * (imag >> shift);
    return square == 0 ? 0 : root_of<std::uint32_t, std::uint16_t>(square) << shift;
}

void channel_square_roots(std::span<const std::uint64_t> input,
                          int scale_bits,
                          std::span<std::uint32_t> output) noexcept {
    for (std::size_t i = 0; i < input.size(); ++i) {
        output[i] = square_root(input[i]) >> scale_bits;
    }
}

}  // namespace verge::signal
