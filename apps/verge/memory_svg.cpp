// The memory map of a plan as a picture.

#include <algorithm>
#include <array>
#include <cstdio>

#include "apps/verge/memory_map.hpp"
#include "apps/verge/verb.hpp"

namespace verge::apps {
namespace {

constexpr double kLeft = 96;
constexpr double kTop = 56;
constexpr double kPlotHeight = 420;
constexpr double kBottom = 148;
constexpr double kRight = 24;

/// Told apart by people who see colours differently too (after Okabe and Ito), lightened.
constexpr std::array kColours = {"#8ecae6", "#ffcf70", "#8fd3b6", "#f4a582",
                                 "#c9b1e0", "#b8d98a", "#f2b5d4", "#a9b7c6"};

std::string number(double value) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f", value);
    return text.data();
}

std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '<' || c == '>' || c == '&' || c == '"') {
            result += "&#" + std::to_string(byte) + ";";
        } else {
            result += byte < 32 || byte > 126 ? '?' : c;
        }
    }
    return result;
}

std::string cut(const std::string& text, std::size_t most) {
    return text.size() <= most ? text : text.substr(0, most - 3) + "...";
}

struct Scale {
    double step_width;
    double bytes_per_pixel;

    [[nodiscard]] double x(std::size_t step) const {
        return kLeft + static_cast<double>(step) * step_width;
    }

    [[nodiscard]] double y(std::uint64_t address) const {
        return kTop + kPlotHeight - static_cast<double>(address) / bytes_per_pixel;
    }
};

Scale scale_of(const MemoryMap& map) {
    const double steps = static_cast<double>(std::max<std::size_t>(map.live_bytes.size(), 1));
    return {std::clamp(960 / steps, 14.0, 72.0),
            static_cast<double>(std::max<std::uint64_t>(map.bytes, 1)) / kPlotHeight};
}

std::string text_at(double x, double y, const std::string& attributes, const std::string& text) {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\"" + attributes + ">" +
           escaped(text) + "</text>\n";
}

std::string rectangle(const MappedBuffer& buffer, const Scale& scale, std::size_t colour) {
    const double x = scale.x(buffer.first);
    const double width = scale.x(buffer.last + std::size_t{1}) - x;
    const double y = scale.y(buffer.offset + buffer.bytes);
    const double height = std::max(scale.y(buffer.offset) - y, 1.0);
    std::string svg =
        "<g><title>" +
        escaped(buffer.name + ": " + grouped(buffer.bytes) + " bytes at " + grouped(buffer.offset) +
                ", steps " + std::to_string(buffer.first) + " to " + std::to_string(buffer.last)) +
        "</title><rect x=\"" + number(x + 1) + "\" y=\"" + number(y) + "\" width=\"" +
        number(width - 2) + "\" height=\"" + number(height) + "\" rx=\"2\" fill=\"" +
        kColours[colour % kColours.size()] +
        "\" fill-opacity=\"0.85\" stroke=\"#33424f\" stroke-width=\"0.7\"/>";
    const std::string size = grouped(buffer.bytes);
    const double column = std::min(scale.step_width, width);  // later buffers may cover the rest
    if (height >= 13 && column >= 6.5 * static_cast<double>(size.size())) {
        svg += text_at(x + column / 2, y + height / 2 + 4, " text-anchor=\"middle\"", size);
    }
    return svg + "</g>\n";
}

/// Five marks, from 0 to the top of the arena.
std::string address_axis(const MemoryMap& map, const Scale& scale, double right) {
    std::string svg;
    for (std::uint64_t i = 0; i <= 4; ++i) {
        const std::uint64_t address = map.bytes * i / 4;
        const double y = scale.y(address);
        svg += "<line x1=\"" + number(kLeft) + "\" x2=\"" + number(right) + "\" y1=\"" + number(y) +
               "\" y2=\"" + number(y) + "\" stroke=\"#d5dbe1\"/>\n";
        svg += text_at(kLeft - 8, y + 4, " text-anchor=\"end\"", grouped(address));
    }
    return svg;
}

std::string step_axis(const MemoryMap& map,
                      const Scale& scale,
                      const std::vector<std::string>& names) {
    std::string svg;
    const std::size_t every = map.live_bytes.size() > 80 ? map.live_bytes.size() / 40 : 1;
    for (std::size_t s = 0; s < map.live_bytes.size(); s += every) {
        const std::string x = number(scale.x(s) + scale.step_width / 2 + 4);
        const std::string y = number(kTop + kPlotHeight + 12);
        const std::string name = s < names.size() ? names[s] : "";
        const bool is_peak = s == map.peak_step;
        svg += "<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"end\" transform=\"rotate(-55 " +
               x + " " + y + ")\"" + (is_peak ? " font-weight=\"bold\" fill=\"#b3261e\"" : "") +
               ">" + escaped(std::to_string(s) + " " + cut(name, 24)) + "</text>\n";
    }
    return svg;
}

}  // namespace

std::string draw_svg(const MemoryMap& map, const std::vector<std::string>& step_names) {
    const Scale scale = scale_of(map);
    const double right = std::max(scale.x(map.live_bytes.size()), kLeft + 420);
    const std::string width = number(right + kRight);
    const std::string height = number(kTop + kPlotHeight + kBottom);
    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width +
                      "\" height=\"" + height + "\" viewBox=\"0 0 " + width + " " + height +
                      "\" font-family=\"sans-serif\" font-size=\"11\" fill=\"#22303c\">\n" +
                      "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
    svg += text_at(kLeft, 24, " font-size=\"16\"",
                   "Memory plan: " + grouped(map.bytes) + " bytes of arena");
    const std::string peak = map.peak_step < step_names.size()
                                 ? ", the peak at step " + std::to_string(map.peak_step) + " (" +
                                       cut(step_names[map.peak_step], 64) + ")"
                                 : "";
    svg += text_at(kLeft, 42, " fill=\"#5a6875\"", "steps across, addresses up" + peak);
    svg += address_axis(map, scale, right);
    for (std::size_t i = 0; i < map.buffers.size(); ++i) {
        svg += rectangle(map.buffers[i], scale, i);
    }
    return svg + step_axis(map, scale, step_names) + "</svg>\n";
}

}  // namespace verge::apps
