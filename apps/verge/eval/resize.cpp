#include "apps/verge/eval/resize.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace verge::apps {
namespace {

/// The source pixels that make up one new pixel.
struct Taps {
    std::uint32_t first;
    std::vector<double> weights;  // they sum to 1
};

std::vector<Taps> taps_of(std::uint32_t from, std::uint32_t to, bool smooths) {
    const double step = static_cast<double>(from) / to;
    const double reach = smooths ? std::max(step, 1.0) : 1.0;
    std::vector<Taps> all(to);
    for (std::uint32_t i = 0; i < to; ++i) {
        const double centre = std::clamp((i + 0.5) * step, 0.5, from - 0.5);
        const double low = std::max(std::floor(centre - reach), 0.0);
        const double high = std::min(std::ceil(centre + reach), static_cast<double>(from));
        Taps& taps = all[i];
        taps.first = static_cast<std::uint32_t>(low);
        double sum = 0;
        for (double x = low; x < high; ++x) {
            const double weight = std::max(0.0, 1.0 - std::abs(x + 0.5 - centre) / reach);
            taps.weights.push_back(weight);
            sum += weight;
        }
        std::ranges::transform(taps.weights, taps.weights.begin(),
                               [&](double weight) { return weight / sum; });
    }
    return all;
}

/// Weighs values that lie `stride` apart.
template <typename Value>
double weigh(const Taps& taps, const Value* values, std::size_t stride) {
    double sum = 0;
    for (std::size_t k = 0; k < taps.weights.size(); ++k) {
        sum += taps.weights[k] * static_cast<double>(values[(taps.first + k) * stride]);
    }
    return sum;
}

/// All lines in their new width, not rounded yet.
std::vector<float> resize_lines(const image::Image& picture, std::uint32_t width, bool smooths) {
    std::vector<float> result;
    const std::vector<Taps> taps = taps_of(picture.width, width, smooths);
    for (std::size_t y = 0; y < picture.height; ++y) {
        const std::uint8_t* line = picture.pixels.data() + y * picture.width * picture.channels;
        for (const Taps& pixel : taps) {
            for (std::uint32_t c = 0; c < picture.channels; ++c) {
                result.push_back(static_cast<float>(weigh(pixel, line + c, picture.channels)));
            }
        }
    }
    return result;
}

}  // namespace

image::Image resize_bilinear(const image::Image& picture,
                             std::uint32_t width,
                             std::uint32_t height,
                             bool smooths) {
    if (width == picture.width && height == picture.height) {
        return picture;
    }
    const std::vector<float> lines = resize_lines(picture, width, smooths);
    const std::size_t line = std::size_t{width} * picture.channels;
    image::Image result{width, height, picture.channels, {}};
    for (const Taps& pixel : taps_of(picture.height, height, smooths)) {
        for (std::size_t x = 0; x < line; ++x) {
            const double value = std::floor(weigh(pixel, lines.data() + x, line) + 0.5);
            result.pixels.push_back(static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0)));
        }
    }
    return result;
}

}  // namespace verge::apps
