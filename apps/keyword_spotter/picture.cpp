#include "apps/keyword_spotter/picture.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "formats/image/image.hpp"

namespace verge::spotter {
namespace {

constexpr double kLeft = 128;
constexpr double kWide = 960;
constexpr double kRight = 150;
constexpr double kTop = 44;
constexpr double kWave = 90;
constexpr double kSpectrum = 120;
constexpr double kScores = 130;
constexpr double kLamp = 26;
constexpr double kGap = 18;
constexpr std::array kColours = {"#9aa0a6", "#c58af9", "#188038", "#d93025", "#1a73e8", "#e37400"};

std::string number(double value) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f", value);
    return text.data();
}

/// "2.95 s".
std::string seconds(std::uint32_t milliseconds) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.2f s", milliseconds / 1000.0);
    return text.data();
}

std::string escape(const std::string& text) {
    std::string safe;
    for (const char c : text) {
        safe += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
    }
    return safe;
}

std::string base64(std::span<const std::byte> bytes) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t k = 0; k < 3; ++k) {
            group = group << 8U | (k < count ? static_cast<std::uint32_t>(bytes[i + k]) : 0U);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            text += k <= count ? kDigits[group >> (18 - 6 * k) & 63U] : '=';
        }
    }
    return text;
}

/// Dark blue over green to yellow; level in [0, 1].
std::array<std::uint8_t, 3> heat(double level) {
    constexpr std::array<std::array<double, 3>, 4> kStops = {
        {{13, 8, 60}, {33, 100, 140}, {60, 180, 110}, {250, 230, 60}}};
    const double place = std::clamp(level, 0.0, 1.0) * (kStops.size() - 1);
    const auto low = std::min<std::size_t>(static_cast<std::size_t>(place), kStops.size() - 2);
    const double part = place - static_cast<double>(low);
    std::array<std::uint8_t, 3> colour{};
    for (std::size_t c = 0; c < 3; ++c) {
        colour[c] =
            static_cast<std::uint8_t>(kStops[low][c] * (1 - part) + kStops[low + 1][c] * part);
    }
    return colour;
}

class Picture {
public:
    Picture(const Listening& listening, const std::vector<BoardLane>& boards)
        : listening_(listening), boards_(boards) {
        const double ms =
            static_cast<double>(listening.samples.size()) * 1000 / signal::kSampleRateHz;
        scale_ = kWide / std::max(ms, 1.0);
    }

    Outcome<std::string> draw() {
        y_ = kTop;
        add_waveform();
        VERGE_CHECK(add_spectrogram());
        add_scores();
        add_lane("LED", listening_.events);
        for (const BoardLane& board : boards_) {
            add_lane("LED " + board.name, board.events);
        }
        add_events();
        add_axis();
        return head() + body_ + "</svg>\n";
    }

private:
    [[nodiscard]] double x(double ms) const { return kLeft + ms * scale_; }

    void text(double at_x, double at_y, const std::string& words, const char* more = "") {
        body_ += "<text x=\"" + number(at_x) + "\" y=\"" + number(at_y) + "\" " + more + ">" +
                 escape(words) + "</text>\n";
    }

    void frame(double height, const std::string& label) {
        body_ += "<rect x=\"" + number(kLeft) + "\" y=\"" + number(y_) + "\" width=\"" +
                 number(kWide) + "\" height=\"" + number(height) +
                 "\" fill=\"none\" stroke=\"#dadce0\"/>\n";
        text(kLeft - 8, y_ + height / 2 + 4, label, "text-anchor=\"end\"");
    }

    /// Lowest and highest sample of each half pixel.
    void add_waveform() {
        frame(kWave, "waveform");
        const auto& samples = listening_.samples;
        const auto columns = static_cast<std::size_t>(kWide * 2);
        double loudest = 1000;
        for (const std::int16_t sample : samples) {
            loudest = std::max(loudest, std::abs(static_cast<double>(sample)));
        }
        std::string path;
        for (std::size_t c = 0; c < columns && !samples.empty(); ++c) {
            const std::size_t first = c * samples.size() / columns;
            const std::size_t last = std::max(first + 1, (c + 1) * samples.size() / columns);
            const auto [low, high] = std::minmax_element(
                samples.begin() + static_cast<std::ptrdiff_t>(first),
                samples.begin() + static_cast<std::ptrdiff_t>(std::min(last, samples.size())));
            const double middle = y_ + kWave / 2;
            const double unit = (kWave / 2 - 2) / loudest;
            path += "M" + number(kLeft + static_cast<double>(c) / 2) + " " +
                    number(middle - *high * unit) + "V" + number(middle - *low * unit + 0.3);
        }
        body_ +=
            "<path d=\"" + path + "\" stroke=\"#3c4043\" stroke-width=\"0.6\" fill=\"none\"/>\n";
        y_ += kWave + kGap;
    }

    /// Features from the lowest to the highest of all frames.
    [[nodiscard]] image::Image feature_image(std::size_t rows) const {
        const auto& frames = listening_.frames;
        std::int16_t low = INT16_MAX;
        std::int16_t high = INT16_MIN;
        for (const signal::FeatureVector& frame : frames) {
            const auto [least, most] = std::ranges::minmax(std::span(frame.values).first(rows));
            low = std::min(low, least);
            high = std::max(high, most);
        }
        image::Image pixels{static_cast<std::uint32_t>(std::max<std::size_t>(frames.size(), 1)),
                            static_cast<std::uint32_t>(rows),
                            3,
                            {}};
        pixels.pixels.resize(std::size_t{pixels.width} * pixels.height * 3);
        for (std::size_t f = 0; f < frames.size(); ++f) {
            for (std::size_t c = 0; c < rows; ++c) {
                const auto colour =
                    heat(static_cast<double>(frames[f].values[c] - low) / std::max(high - low, 1));
                const std::size_t row = rows - 1 - c;
                std::ranges::copy(colour,
                                  pixels.pixels.begin() +
                                      static_cast<std::ptrdiff_t>((row * pixels.width + f) * 3));
            }
        }
        return pixels;
    }

    Done add_spectrogram() {
        const signal::FeatureSource& source = *listening_.front_end->source;
        const image::Image pixels = feature_image(source.features);
        VERGE_ASSIGN(const std::vector<std::byte> png, image::write_png(pixels));
        const double hop = source.hop_samples * 1000.0 / signal::kSampleRateHz;
        const double first = source.window_samples * 500.0 / signal::kSampleRateHz - hop / 2;
        body_ += "<image x=\"" + number(x(first)) + "\" y=\"" + number(y_) + "\" width=\"" +
                 number(static_cast<double>(pixels.width) * hop * scale_) + "\" height=\"" +
                 number(kSpectrum) +
                 "\" preserveAspectRatio=\"none\" href=\"data:image/png;base64," + base64(png) +
                 "\"/>\n";
        frame(kSpectrum, "features");
        text(kLeft + kWide + 8, y_ + 12, std::string(listening_.front_end->name));
        y_ += kSpectrum + kGap;
        return done();
    }

    [[nodiscard]] double score_y(double score) const { return y_ + kScores * (1 - score / 255); }

    void add_scores() {
        frame(kScores, "posteriors");
        body_ += "<line x1=\"" + number(kLeft) + "\" x2=\"" + number(kLeft + kWide) + "\" y1=\"" +
                 number(score_y(listening_.threshold)) + "\" y2=\"" +
                 number(score_y(listening_.threshold)) +
                 "\" stroke=\"#5f6368\" stroke-dasharray=\"4 4\"/>\n";
        text(kLeft + kWide + 8, score_y(listening_.threshold) + 4, "threshold");
        for (std::size_t label = 0; label < listening_.labels.size(); ++label) {
            std::string points;
            for (const Heard& heard : listening_.heard) {
                points +=
                    number(x(heard.time_ms)) + "," + number(score_y(heard.averages[label])) + " ";
            }
            const char* colour = kColours[label % kColours.size()];
            body_ += "<polyline points=\"" + points + "\" fill=\"none\" stroke-width=\"" +
                     (label < 2 ? "1" : "2") + "\" stroke=\"" + colour + "\"/>\n";
            const double legend =
                y_ + kScores - 14 * static_cast<double>(listening_.labels.size() - label) + 10;
            text(kLeft + kWide + 8, legend, listening_.labels[label],
                 (std::string("fill=\"") + colour + "\"").c_str());
        }
        y_ += kScores + kGap;
    }

    void add_lane(const std::string& label, const std::vector<Event>& events) {
        frame(kLamp, label);
        double since = -1;
        const double end =
            static_cast<double>(listening_.samples.size()) * 1000 / signal::kSampleRateHz;
        for (const Event& event : events) {
            if (event.is_lit && since < 0) {
                since = event.time_ms;
            } else if (!event.is_lit && since >= 0) {
                light(since, event.time_ms);
                since = -1;
            }
        }
        if (since >= 0) {
            light(since, end);
        }
        y_ += kLamp + 8;
    }

    void light(double from, double to) {
        body_ += "<rect x=\"" + number(x(from)) + "\" y=\"" + number(y_ + 1) + "\" width=\"" +
                 number((to - from) * scale_) + "\" height=\"" + number(kLamp - 2) +
                 "\" fill=\"#fbbc04\"/>\n";
    }

    void add_events() {
        for (const Event& event : listening_.events) {
            const double at = x(event.time_ms);
            body_ += "<line x1=\"" + number(at) + "\" x2=\"" + number(at) + "\" y1=\"" +
                     number(kTop - 6) + "\" y2=\"" + number(y_ - 8) +
                     "\" stroke=\"#1a73e8\" stroke-width=\"0.8\"/>\n";
            text(at, kTop - 10, event.word + " " + seconds(event.time_ms),
                 "text-anchor=\"middle\" fill=\"#1a73e8\"");
        }
    }

    void add_axis() {
        const double end = static_cast<double>(listening_.samples.size()) / signal::kSampleRateHz;
        const double step = end > 60 ? 10 : end > 20 ? 5 : end > 8 ? 1 : 0.5;
        for (double second = 0; second <= end + 1e-9; second += step) {
            text(x(second * 1000), y_ + 8, number(second), "text-anchor=\"middle\"");
        }
        text(kLeft + kWide + 8, y_ + 8, "seconds");
        y_ += 24;
    }

    [[nodiscard]] std::string head() const {
        const std::string size = number(kLeft + kWide + kRight) + "\" height=\"" + number(y_ + 8);
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + size +
               "\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#3c4043\">\n"
               "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n";
    }

    const Listening& listening_;
    const std::vector<BoardLane>& boards_;
    double scale_ = 1;
    double y_ = 0;
    std::string body_;
};

}  // namespace

Outcome<std::string> draw(const Listening& listening, const std::vector<BoardLane>& boards) {
    return Picture(listening, boards).draw();
}

}  // namespace verge::spotter
