#include "apps/keyword_spotter/record_words.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace verge::spotter {
namespace {

constexpr std::size_t kFrame = kTakeRateHz / 100;  // 10 ms
constexpr std::size_t kLoudFrames = 10;            // the loudest 100 ms
constexpr std::size_t kClickFrames = 4;
constexpr float kFullScale = 32768.0F;
constexpr int kLimit = 32700;       // a sample from here on is at the limits
constexpr float kFloorDb = -78.0F;  // digital silence counts as this much noise
constexpr float kOnsetAboveNoiseDb = 9.0F;
constexpr float kEdgeAboveNoiseDb = 5.0F;
constexpr float kEdgeBelowPeakDb = 32.0F;

float decibels(float power) {
    return std::max(kFloorDb, 10.0F * std::log10(power + 1e-12F));
}

/// Power of each 10 ms around their own mean, of full scale: an offset is no sound.
std::vector<float> frame_powers(std::span<const std::int16_t> samples) {
    std::vector<float> powers(samples.size() / kFrame);
    for (std::size_t i = 0; i < powers.size(); ++i) {
        double sum = 0;
        double squares = 0;
        for (const std::int16_t sample : samples.subspan(i * kFrame, kFrame)) {
            const double value = sample / static_cast<double>(kFullScale);
            sum += value;
            squares += value * value;
        }
        const double mean = sum / kFrame;
        powers[i] = static_cast<float>(std::max(0.0, squares / kFrame - mean * mean));
    }
    return powers;
}

/// The level that a fifth of the recording stays below.
float noise_of(std::vector<float> powers) {
    if (powers.empty()) {
        return kFloorDb;
    }
    const auto fifth = powers.begin() + static_cast<std::ptrdiff_t>(powers.size() / 5);
    std::ranges::nth_element(powers, fifth);
    return decibels(*fifth);
}

struct Stretch {
    std::size_t first;  // frames [first, last)
    std::size_t last;
};

/// Frames above the onset level, joined over pauses within a word.
std::vector<Stretch> loud_stretches(const std::vector<float>& powers,
                                    float onset_db,
                                    std::size_t gap_frames) {
    std::vector<Stretch> stretches;
    for (std::size_t i = 0; i < powers.size(); ++i) {
        if (decibels(powers[i]) < onset_db) {
            continue;
        }
        if (!stretches.empty() && i - stretches.back().last < gap_frames) {
            stretches.back().last = i + 1;
        } else {
            stretches.push_back({i, i + 1});
        }
    }
    return stretches;
}

/// Power of the loudest 100 ms of a stretch.
float loudest(const std::vector<float>& powers, Stretch stretch) {
    const std::size_t count = std::min(kLoudFrames, stretch.last - stretch.first);
    float sum = 0;
    float most = 0;
    for (std::size_t i = stretch.first; i < stretch.last; ++i) {
        sum += powers[i];
        if (i >= stretch.first + count) {
            sum -= powers[i - count];
        }
        most = std::max(most, sum / static_cast<float>(count));
    }
    return most;
}

/// Lets a stretch grow over the soft beginnings and ends of a word ("s", "n"), not into others.
Stretch with_soft_ends(const std::vector<float>& powers,
                       Stretch stretch,
                       Stretch room,
                       float edge_db) {
    while (stretch.first > room.first && decibels(powers[stretch.first - 1]) >= edge_db) {
        --stretch.first;
    }
    while (stretch.last < room.last && decibels(powers[stretch.last]) >= edge_db) {
        ++stretch.last;
    }
    return stretch;
}

std::size_t at_limits(std::span<const std::int16_t> samples) {
    return static_cast<std::size_t>(std::ranges::count_if(
        samples, [](int sample) { return sample >= kLimit || sample <= -kLimit; }));
}

TakeFault fault_of(const Take& take, std::size_t samples, const TakeLimits& limits) {
    const std::size_t ms = (take.last - take.first) * 1000 / kTakeRateHz;
    if (take.clipped > limits.most_clipped) {
        return TakeFault::clipped;
    }
    if (take.first < kFrame || take.last + kFrame > samples) {
        return TakeFault::cut;
    }
    if (ms > limits.most_ms) {
        return TakeFault::too_long;
    }
    if (take.level_db < limits.quietest_db) {
        return TakeFault::quiet;
    }
    if (take.above_noise_db < limits.least_above_noise_db) {
        return TakeFault::noisy;
    }
    return ms < limits.least_ms ? TakeFault::too_short : TakeFault::none;
}

std::string words(const char* format, double found, double wanted) {
    char text[160];
    std::snprintf(text, sizeof text, format, found, wanted);
    return text;
}

bool is_flat(std::span<const std::int16_t> samples) {
    return std::ranges::adjacent_find(samples, std::not_equal_to<>()) == samples.end();
}

}  // namespace

Takes find_takes(std::span<const std::int16_t> samples, const TakeLimits& limits) {
    const std::vector<float> powers = frame_powers(samples);
    Takes found{.takes = {}, .noise_db = noise_of(powers), .is_flat = is_flat(samples)};
    found.offset = samples.empty() ? 0.0F
                                   : std::accumulate(samples.begin(), samples.end(), 0.0F) /
                                         static_cast<float>(samples.size()) / kFullScale;
    const std::vector<Stretch> stretches = loud_stretches(
        powers, found.noise_db + kOnsetAboveNoiseDb, limits.gap_ms * kTakeRateHz / 1000 / kFrame);
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        if (stretches[i].last - stretches[i].first < kClickFrames) {
            continue;
        }
        const Stretch room{i == 0 ? 0 : stretches[i - 1].last,
                           i + 1 == stretches.size() ? powers.size() : stretches[i + 1].first};
        const float level_db = decibels(loudest(powers, stretches[i]));
        const float edge_db =
            std::max(found.noise_db + kEdgeAboveNoiseDb, level_db - kEdgeBelowPeakDb);
        const Stretch whole = with_soft_ends(powers, stretches[i], room, edge_db);
        Take take{.first = whole.first * kFrame,
                  .last = whole.last * kFrame,
                  .level_db = level_db,
                  .above_noise_db = level_db - found.noise_db};
        take.clipped = at_limits(samples.subspan(take.first, take.last - take.first));
        take.fault = fault_of(take, samples.size(), limits);
        found.takes.push_back(take);
    }
    return found;
}

std::vector<std::int16_t> cut_take(std::span<const std::int16_t> samples, const Take& take) {
    std::vector<std::int16_t> second(kTakeSamples);
    const std::size_t length = std::min(kTakeSamples, take.last - take.first);
    const std::size_t before = (kTakeSamples - length) / 2;  // of the second, in front of the word
    const std::size_t skipped = before > take.first ? before - take.first : 0;
    const std::size_t from = take.first + skipped - before;
    const std::size_t count = std::min(kTakeSamples - skipped, samples.size() - from);
    std::ranges::copy(samples.subspan(from, count),
                      second.begin() + static_cast<std::ptrdiff_t>(skipped));
    return second;
}

std::string explain(const Take& take, const TakeLimits& limits) {
    const double seconds = static_cast<double>(take.last - take.first) / kTakeRateHz;
    switch (take.fault) {
        case TakeFault::none:
            return {};
        case TakeFault::too_short:
            return words("%.2f s long; wanted: at least %.2f s; was it a click or a breath?",
                         seconds, limits.least_ms / 1000.0);
        case TakeFault::too_long:
            return words("%.2f s long; wanted: at most %.2f s; say one word, with a pause after it",
                         seconds, limits.most_ms / 1000.0);
        case TakeFault::quiet:
            return words(
                "%.0f dB at its loudest; wanted: at least %.0f dB; come closer or turn "
                "the microphone up",
                take.level_db, limits.quietest_db);
        case TakeFault::clipped:
            return words(
                "%.0f samples at the limits; wanted: at most %.0f; turn the microphone "
                "down",
                static_cast<double>(take.clipped), static_cast<double>(limits.most_clipped));
        case TakeFault::noisy:
            return words("%.0f dB above the noise; wanted: at least %.0f dB; find a quieter place",
                         take.above_noise_db, limits.least_above_noise_db);
        case TakeFault::cut:
            return "cut off by the beginning or the end of the recording; wanted: a moment of "
                   "quiet on both sides";
    }
    return {};
}

}  // namespace verge::spotter
