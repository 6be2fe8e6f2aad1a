// A header of three numbers with comments between, then samples of one or two bytes.

#include "formats/image/pnm.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace verge::image {
namespace {

constexpr std::uint32_t kMostHeaderNumber = 1U << 24;

bool is_space(char letter) {
    return std::string_view(" \t\n\v\f\r").find(letter) != std::string_view::npos;
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/// What is left of the header.
struct Header {
    std::string_view rest;

    void skip_spaces_and_comments() {
        while (!rest.empty() && (is_space(rest[0]) || rest[0] == '#')) {
            const std::size_t used = rest[0] == '#' ? rest.find('\n') : 1;
            rest.remove_prefix(std::min(used, rest.size()));
        }
    }

    std::optional<std::uint32_t> take_number() {
        skip_spaces_and_comments();
        std::optional<std::uint32_t> number;
        while (!rest.empty() && is_digit(rest[0]) && number.value_or(0) < kMostHeaderNumber) {
            number = number.value_or(0) * 10 + static_cast<std::uint32_t>(rest[0] - '0');
            rest.remove_prefix(1);
        }
        return number;
    }
};

struct Layout {
    std::uint32_t width;
    std::uint32_t height;
    std::uint32_t maximum;
};

Outcome<Layout> read_layout(Header& header, ImageLimits limits) {
    const std::optional<std::uint32_t> width = header.take_number();
    const std::optional<std::uint32_t> height = header.take_number();
    const std::optional<std::uint32_t> maximum = header.take_number();
    if (!width || !height || !maximum || header.rest.empty() || !is_space(header.rest[0])) {
        return bad_input("the header of the PGM or PPM is cut short or broken",
                         "width, height and maximum");
    }
    header.rest.remove_prefix(1);
    if (*maximum == 0 || *maximum > 65535) {
        return bad_input("the largest sample is " + std::to_string(*maximum), "1 to 65535");
    }
    VERGE_CHECK(check_size(*width, *height, limits));
    return Layout{*width, *height, *maximum};
}

/// Scales a sample (its high byte first when there are two) to 255, rounded; above the maximum:
/// 255.
std::uint8_t scaled(std::string_view data, std::size_t index, std::uint32_t maximum) {
    const auto byte = [&](std::size_t at) {
        return std::uint32_t{static_cast<std::uint8_t>(data[at])};
    };
    const std::uint32_t sample =
        maximum < 256 ? byte(index) : byte(2 * index) * 256 + byte(2 * index + 1);
    return static_cast<std::uint8_t>((std::min(sample, maximum) * 255 + maximum / 2) / maximum);
}

}  // namespace

Outcome<Image> read_pnm(std::span<const std::byte> file, ImageLimits limits) {
    Header header{{reinterpret_cast<const char*>(file.data()), file.size()}};
    const std::uint32_t channels = header.rest.starts_with("P6") ? 3 : 1;
    header.rest.remove_prefix(2);
    VERGE_ASSIGN(const Layout layout, read_layout(header, limits));
    const std::size_t samples = std::size_t{layout.width} * layout.height * channels;
    const std::size_t wanted = samples * (layout.maximum < 256 ? 1 : 2);
    if (header.rest.size() != wanted) {
        return bad_input(std::to_string(header.rest.size()) + " bytes follow the header",
                         std::to_string(wanted));
    }
    Image image{layout.width, layout.height, channels, std::vector<std::uint8_t>(samples)};
    for (std::size_t i = 0; i < samples; ++i) {
        image.pixels[i] = scaled(header.rest, i, layout.maximum);
    }
    return image;
}

Done check_size(std::uint64_t width, std::uint64_t height, ImageLimits limits) {
    if (width == 0 || height == 0 || width > limits.side || height > limits.side ||
        width * height > limits.pixels) {
        return bad_input(
            "the picture has " + std::to_string(width) + "x" + std::to_string(height) + " pixels",
            "1 to " + std::to_string(limits.side) + " a side and at most " +
                std::to_string(limits.pixels) + " together");
    }
    return done();
}

}  // namespace verge::image
