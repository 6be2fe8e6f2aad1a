// The door: which kind, is it whole, is it small enough; then the decoder.

#include "formats/image/image.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <string>

#include <stb/stb_image.h>
#include <stb/stb_image_write.h>

#include "formats/image/pnm.hpp"
#include "formats/image/whole.hpp"

namespace verge::image {
namespace {

const stbi_uc* raw(std::span<const std::byte> file) {
    return reinterpret_cast<const stbi_uc*>(file.data());
}

Error undecodable() {
    const char* reason = stbi_failure_reason();
    return bad_input("the picture cannot be decoded (" +
                         std::string(reason == nullptr ? "broken" : reason) + ")",
                     "JPEG, PNG or uncompressed BMP", "save it again");
}

Outcome<Image> decode(std::span<const std::byte> file, Channels channels, ImageLimits limits) {
    int width = 0;
    int height = 0;
    int stored = 0;
    const auto size = static_cast<int>(file.size());
    if (stbi_info_from_memory(raw(file), size, &width, &height, &stored) == 0) {
        return undecodable();
    }
    VERGE_CHECK(
        check_size(static_cast<std::uint64_t>(width), static_cast<std::uint64_t>(height), limits));
    const int wanted = static_cast<int>(channels);
    const std::unique_ptr<stbi_uc, decltype(&stbi_image_free)> pixels(
        stbi_load_from_memory(raw(file), size, &width, &height, &stored, wanted), &stbi_image_free);
    if (pixels == nullptr) {
        return undecodable();
    }
    Image image{static_cast<std::uint32_t>(width),
                static_cast<std::uint32_t>(height),
                static_cast<std::uint32_t>(wanted == 0 ? stored : wanted),
                {}};
    const std::size_t bytes = std::size_t{image.width} * image.height * image.channels;
    image.pixels.assign(pixels.get(), pixels.get() + bytes);
    return image;
}

/// Only grey and RGB come here. The weights are stb's, so that all kinds of files give the same
/// grey.
Image with_channels(Image image, Channels channels) {
    const auto wanted = static_cast<std::uint32_t>(channels);
    if (channels == Channels::as_stored || wanted == image.channels) {
        return image;
    }
    Image changed{image.width, image.height, wanted, {}};
    for (std::size_t i = 0; i < image.pixels.size(); i += image.channels) {
        if (channels == Channels::rgb) {
            changed.pixels.insert(changed.pixels.end(), 3, image.pixels[i]);
        } else {
            const unsigned sum =
                image.pixels[i] * 77U + image.pixels[i + 1] * 150U + image.pixels[i + 2] * 29U;
            changed.pixels.push_back(static_cast<std::uint8_t>(sum >> 8U));
        }
    }
    return changed;
}

Done check_whole(std::span<const std::byte> file, Kind kind) {
    switch (kind) {
        case Kind::png:
            return check_png(file);
        case Kind::jpeg:
            return check_jpeg(file);
        case Kind::bmp:
            return check_bmp(file);
        case Kind::pnm:
            break;
    }
    return done();  // read_pnm() counts its bytes itself
}

Done check_consistent(const Image& image) {
    const std::size_t wanted = std::size_t{image.width} * image.height * image.channels;
    if (image.channels < 1 || image.channels > 4 || wanted == 0 || image.pixels.size() != wanted) {
        return bad_input("a picture of " + std::to_string(image.width) + "x" +
                             std::to_string(image.height) + " pixels with " +
                             std::to_string(image.channels) + " channels has " +
                             std::to_string(image.pixels.size()) + " bytes",
                         "1 to 4 channels, and width * height * channels bytes");
    }
    return done();
}

void append(void* context, void* data, int bytes) {
    auto& file = *static_cast<std::vector<std::byte>*>(context);
    const auto* first = static_cast<const std::byte*>(data);
    file.insert(file.end(), first, first + bytes);
}

}  // namespace

Outcome<Image> read_image(std::span<const std::byte> file, Channels channels, ImageLimits limits) {
    VERGE_ASSIGN(const Kind kind, kind_of(file));
    if (file.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
        return unsupported("the picture has " + std::to_string(file.size()) + " bytes",
                           "below 2 GiB");
    }
    VERGE_CHECK(check_whole(file, kind));
    if (kind != Kind::pnm) {
        return decode(file, channels, limits);
    }
    VERGE_ASSIGN(Image image, read_pnm(file, limits));
    return with_channels(std::move(image), channels);
}

Outcome<std::vector<std::byte>> write_png(const Image& image) {
    VERGE_CHECK(check_consistent(image));
    std::vector<std::byte> file;
    if (stbi_write_png_to_func(&append, &file, static_cast<int>(image.width),
                               static_cast<int>(image.height), static_cast<int>(image.channels),
                               image.pixels.data(),
                               static_cast<int>(image.width * image.channels)) == 0) {
        return Error{Code::io, "there is no memory to pack the picture", {}, {}};
    }
    return file;
}

Outcome<std::vector<std::byte>> write_ppm(const Image& image) {
    VERGE_CHECK(check_consistent(image));
    if (image.channels != 1 && image.channels != 3) {
        return unsupported("the picture has " + std::to_string(image.channels) + " channels",
                           "grey or RGB for PPM");
    }
    const std::string header = (image.channels == 1 ? "P5\n" : "P6\n") +
                               std::to_string(image.width) + " " + std::to_string(image.height) +
                               "\n255\n";
    std::vector<std::byte> file(header.size() + image.pixels.size());
    const auto end = std::ranges::copy(std::as_bytes(std::span(header)), file.begin()).out;
    std::ranges::copy(std::as_bytes(std::span(image.pixels)), end);
    return file;
}

}  // namespace verge::image
