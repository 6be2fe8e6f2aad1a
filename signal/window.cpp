// Multiplies samples by window weights, with the rounding of the TensorFlow Lite Micro signal
// library.

#include "signal/window.hpp"

#include <algorithm>

namespace verge::signal {
namespace {

std::int16_t weighted(std::int16_t sample, std::int16_t weight, int shift) {
    const std::int32_t product = (std::int32_t{sample} * weight) >> shift;
    return static_cast<std::int16_t>(std::clamp<std::int32_t>(product, INT16_MIN, INT16_MAX));
}

}  // namespace

void apply_window(std::span<const std::int16_t> input,
                  std::span<const std::int16_t> window,
                  int shift,
                  std::span<std::int16_t> output) noexcept {
    std::size_t at = 0;
    for (std::size_t i = 0; i < input.size(); ++i) {
        output[i] = weighted(input[i], window[at], shift);
        at = at + 1 == window.size() ? 0 : at + 1;
    }
}

void apply_symmetric_window(std::span<const std::int16_t> input,
                            std::span<const std::int16_t> half,
                            int shift,
                            std::span<std::int16_t> output) noexcept {
    const std::size_t last = input.size() - 1;
    for (std::size_t i = 0; i < half.size(); ++i) {
        output[i] = weighted(input[i], half[i], shift);
        output[last - i] = weighted(input[last - i], half[i], shift);
    }
}

}  // namespace verge::signal
