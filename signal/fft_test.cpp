// The fixed-point transform against a slow one in double precision, against exact cases, and, bit
// for bit, against hashes that make_goldens.py took from kissfft.

#include "signal/fft.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "signal/synthetic.hpp"

namespace verge::signal {
namespace {

constexpr std::array<std::size_t, 10> kLengths{4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048};
constexpr auto kSine = kQuarterSine<2048>;

using Lines = std::vector<std::complex<double>>;

std::vector<std::int16_t> noise_of(std::size_t length, int quieter = 0) {
    Noise noise(static_cast<std::uint32_t>(length));
    std::vector<std::int16_t> samples(length);
    for (std::int16_t& sample : samples) {
        sample = static_cast<std::int16_t>(noise.next_sample() >> quieter);
    }
    return samples;
}

std::vector<ComplexI16> rfft_of(const std::vector<std::int16_t>& samples, std::size_t length) {
    std::vector<ComplexI16> lines(length / 2 + 1);
    rfft(samples, kSine, lines);
    return lines;
}

/// The transform divided by its length, by its definition.
Lines slow_transform(const Lines& input) {
    const std::size_t n = input.size();
    Lines output(n);
    for (std::size_t k = 0; k < n; ++k) {
        for (std::size_t j = 0; j < n; ++j) {
            const double turns = static_cast<double>(j * k % n) / static_cast<double>(n);
            output[k] +=
                input[j] * std::polar(1.0 / static_cast<double>(n), -2 * std::numbers::pi * turns);
        }
    }
    return output;
}

double largest_error(const std::vector<ComplexI16>& ours, const Lines& exact) {
    double largest = 0;
    for (std::size_t k = 0; k < ours.size(); ++k) {
        const std::complex<double> line(ours[k].real, ours[k].imag);
        largest = std::max(largest, std::abs(line - exact[k]));
    }
    return largest;
}

std::uint32_t hash_of(const std::vector<ComplexI16>& lines) {
    std::vector<std::int16_t> values;
    for (const ComplexI16 line : lines) {
        values.push_back(line.real);
        values.push_back(line.imag);
    }
    return fnv1a(std::span<const std::int16_t>(values));
}

TEST(RealTransform, IsWithinSixStepsOfTheExactOneAtEveryLength) {
    for (const std::size_t length : kLengths) {
        const auto samples = noise_of(length);
        const Lines exact = slow_transform(Lines(samples.begin(), samples.end()));
        EXPECT_LT(largest_error(rfft_of(samples, length), exact), 6.0) << length;
    }
}

TEST(ComplexTransform, IsWithinSixStepsOfTheExactOneAtEveryLength) {
    for (std::size_t length = 2; length <= 1024; length *= 2) {
        const auto samples = noise_of(2 * length, 1);
        std::vector<ComplexI16> input(length);
        Lines wide(length);
        for (std::size_t i = 0; i < length; ++i) {
            input[i] = {samples[2 * i], samples[2 * i + 1]};
            wide[i] = {static_cast<double>(input[i].real), static_cast<double>(input[i].imag)};
        }
        std::vector<ComplexI16> output(length);
        fft(input, kSine, output);
        EXPECT_LT(largest_error(output, slow_transform(wide)), 6.0) << length;
    }
}

TEST(RealTransform, HasTheBitsOfKissfftAtEveryLength) {
    struct Golden {
        std::size_t length;
        std::uint32_t hash;
    };

    constexpr Golden kGoldens[] = {
        {4, 0xFD5BA3BFU},    {8, 0x551789C1U},    {16, 0x59B8C23FU},  {32, 0xBBBBDD62U},
        {64, 0x058DD362U},   {128, 0xE5DDA0DBU},  {256, 0x0F66777EU}, {512, 0x8A06CC34U},
        {1024, 0x715637FFU}, {2048, 0x6F59AA8AU},
    };
    for (const Golden& golden : kGoldens) {
        EXPECT_EQ(hash_of(rfft_of(noise_of(golden.length), golden.length)), golden.hash)
            << golden.length;
    }
}

TEST(RealTransform, OfAnImpulseIsFlat) {
    for (const std::size_t length : kLengths) {
        std::vector<std::int16_t> samples(length);
        samples[0] = 32000;
        for (const ComplexI16 line : rfft_of(samples, length)) {
            EXPECT_NEAR(line.real, 32000.0 / static_cast<double>(length), 2.0) << length;
            EXPECT_NEAR(line.imag, 0, 1) << length;
        }
    }
}

TEST(RealTransform, OfASineIsOneLine) {
    for (std::size_t length = 16; length <= 1024; length *= 2) {
        std::vector<std::int16_t> samples(length);
        for (std::size_t i = 0; i < length; ++i) {
            const double turns = 3.0 * static_cast<double>(i) / static_cast<double>(length);
            samples[i] = static_cast<std::int16_t>(
                std::lround(30000 * std::sin(2 * std::numbers::pi * turns)));
        }
        const auto lines = rfft_of(samples, length);
        for (std::size_t k = 0; k < lines.size(); ++k) {
            EXPECT_NEAR(lines[k].real, 0, 3) << length << " line " << k;
            EXPECT_NEAR(lines[k].imag, k == 3 ? -15000 : 0, k == 3 ? 15 : 3)
                << length << " line " << k;
        }
    }
}

TEST(RealTransform, KeepsTheEnergyAsParsevalSays) {
    for (std::size_t length = 16; length <= 256; length *= 2) {
        const auto samples = noise_of(length);
        const auto lines = rfft_of(samples, length);
        double in_time = 0;
        for (const std::int16_t sample : samples) {
            in_time += static_cast<double>(sample) * sample / static_cast<double>(length);
        }
        double in_frequency = 0;
        for (std::size_t k = 0; k < lines.size(); ++k) {
            const double both_sides = k == 0 || k == length / 2 ? 1 : 2;
            in_frequency += both_sides * (std::pow(lines[k].real, 2) + std::pow(lines[k].imag, 2));
        }
        EXPECT_NEAR(in_frequency / in_time, 1.0, 0.01) << length;
    }
}

TEST(RealTransform, CountsMissingSamplesAsZero) {
    auto samples = noise_of(512);
    std::fill(samples.begin() + 300, samples.end(), std::int16_t{0});
    const auto whole = rfft_of(samples, 512);
    samples.resize(300);
    EXPECT_EQ(hash_of(rfft_of(samples, 512)), hash_of(whole));
}

TEST(RealTransform, DoesNotDependOnHowFineTheSineTableIs) {
    const auto samples = noise_of(64);
    std::vector<ComplexI16> lines(33);
    rfft(samples, kQuarterSine<64>, lines);
    EXPECT_EQ(hash_of(lines), hash_of(rfft_of(samples, 64)));
}

TEST(SineTable, IsTheRoundedSine) {
    for (std::size_t i = 0; i < kSine.size(); ++i) {
        const double exact = 32767 * std::sin(2 * std::numbers::pi * static_cast<double>(i) / 2048);
        EXPECT_EQ(kSine[i], std::lround(exact)) << i;
    }
}

TEST(AutoScale, FillsFifteenBitsWithTheLargestMagnitude) {
    for (int magnitude = 1; magnitude <= 32767; ++magnitude) {
        const std::array<std::int16_t, 3> input{0, static_cast<std::int16_t>(-magnitude), 0};
        std::array<std::int16_t, 3> output{};
        const int shift = auto_scale(input, output);
        ASSERT_EQ(output[1], -(magnitude << shift));
        ASSERT_GE(-output[1], 16384);
        ASSERT_LE(-output[1], 32767);
    }
}

TEST(AutoScale, LeavesSilenceAlone) {
    std::array<std::int16_t, 4> silence{};
    EXPECT_EQ(auto_scale(silence, silence), 0);
    EXPECT_EQ(silence, (std::array<std::int16_t, 4>{}));
}

TEST(AutoScale, ForgetsTheMostNegativeSampleAsTheReferenceDoes) {
    // -32768 has no positive twin in 16 bits: the 100 after it decides, and -32768 shifted left is
    // 0.
    const std::array<std::int16_t, 3> input{-32768, 100, -3};
    std::array<std::int16_t, 3> output{};
    EXPECT_EQ(auto_scale(input, output), 8);
    EXPECT_EQ(output, (std::array<std::int16_t, 3>{0, 25600, -768}));
    // Nothing after it: no shift.
    const std::array<std::int16_t, 2> last{100, -32768};
    std::array<std::int16_t, 2> same{};
    EXPECT_EQ(auto_scale(last, same), 0);
    EXPECT_EQ(same, last);
}

TEST(Rfft32, IsWithin78DecibelsOfTheTransformAtEveryLength) {
    for (std::uint32_t pairs = 2; pairs <= 512; pairs *= 2) {
        const std::uint32_t n = 2 * pairs;
        Noise noise(pairs);
        std::vector<std::int32_t> samples(n);
        for (std::int32_t& sample : samples) {
            sample = noise.next_sample() * static_cast<std::int32_t>(512 * 32 / n);
        }
        std::vector<ComplexI32> spectrum(pairs + 1);
        for (std::uint32_t i = 0; i < pairs; ++i) {
            const std::uint32_t source = 2 * rfft_source(i, pairs);
            spectrum[i] = {samples[source], samples[source + 1]};
        }
        rfft_placed(spectrum, kQuarterSine<1024>);
        std::vector<std::complex<double>> wanted(pairs + 1);
        double strongest = 0;
        for (std::uint32_t k = 0; k <= pairs; ++k) {
            for (std::uint32_t i = 0; i < n; ++i) {
                const double angle = -2 * std::numbers::pi * (i * k % n) / n;
                wanted[k] += static_cast<double>(samples[i]) * std::polar(1.0, angle);
            }
            strongest = std::max(strongest, std::abs(wanted[k]));
        }
        // Twiddles have 15 bits: the error is a share of the strongest line, 78 dB below it.
        const double bound = 32 + strongest / 8192;
        for (std::uint32_t k = 0; k <= pairs; ++k) {
            EXPECT_NEAR(spectrum[k].real, wanted[k].real(), bound) << n << " " << k;
            EXPECT_NEAR(spectrum[k].imag, wanted[k].imag(), bound) << n << " " << k;
        }
    }
}

TEST(Rfft32, OfZerosIsZero) {
    std::array<ComplexI32, 257> spectrum{};
    rfft_placed(spectrum, kQuarterSine<512>);
    for (const ComplexI32& line : spectrum) {
        EXPECT_EQ(line.real, 0);
        EXPECT_EQ(line.imag, 0);
    }
}

TEST(ScaleQ15, IsTheProductToTheNearest) {
    for (const std::int32_t x : {0, 1, -1, 32767, -32768, 1 << 29, -(1 << 29), 123456789}) {
        for (const std::int32_t factor : {0, 1, -1, 32767, -32767, 12345}) {
            EXPECT_EQ(scale_q15(x, factor),
                      static_cast<std::int32_t>((std::int64_t{x} * factor + 16384) >> 15));
        }
    }
}

}  // namespace
}  // namespace verge::signal
