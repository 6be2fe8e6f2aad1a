#include "apps/verge/eval/preprocess.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "apps/verge/eval/resize.hpp"
#include "apps/verge/feature_input.hpp"
#include "formats/image/image.hpp"
#include "formats/wav/audio.hpp"
#include "formats/wav/flac.hpp"
#include "platform/file.hpp"

namespace verge::apps {
namespace {

template <typename Number>
std::optional<Number> number_of(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value)
                                                                    : std::nullopt;
}

/// "0.5" or "1/128".
std::optional<float> fraction_of(std::string_view text) {
    const std::size_t slash = text.find('/');
    const std::optional<float> above = number_of<float>(text.substr(0, slash));
    if (slash == std::string_view::npos || !above.has_value()) {
        return above;
    }
    const std::optional<float> below = number_of<float>(text.substr(slash + 1));
    return below.has_value() && *below != 0.0F ? std::optional(*above / *below) : std::nullopt;
}

std::optional<ImageSize> size_of(std::string_view text) {
    const std::size_t x = text.find('x');
    if (x == std::string_view::npos) {
        return std::nullopt;
    }
    const auto width = number_of<std::uint32_t>(text.substr(0, x));
    const auto height = number_of<std::uint32_t>(text.substr(x + 1));
    const auto is_side = [](const auto& side) {
        return side.has_value() && *side > 0 && *side <= 16384;
    };
    return is_side(width) && is_side(height) ? std::optional(ImageSize{*width, *height})
                                             : std::nullopt;
}

template <typename Target, typename Value>
bool set(Target& target, const std::optional<Value>& value) {
    if (value.has_value()) {
        target = *value;
    }
    return value.has_value();
}

/// One "key=value"; false when there is no such key or value.
bool set_image_option(ImageSpec& spec, std::string_view option) {
    const std::size_t equals = option.find('=');
    const std::string_view key = option.substr(0, equals);
    const std::string_view value =
        equals == std::string_view::npos ? "" : option.substr(equals + 1);
    if (option == "bytes") {
        spec.reinterprets = true;
        return true;
    }
    if (key == "resize") {
        return set(spec.size, size_of(value));
    }
    if (key == "scale") {
        return set(spec.scale, fraction_of(value));
    }
    if (key == "offset") {
        return set(spec.offset, fraction_of(value));
    }
    if (key == "channels" && (value == "1" || value == "3")) {
        return set(spec.channels, number_of<std::uint32_t>(value));
    }
    if (key == "smooth" && (value == "0" || value == "1")) {
        spec.smooths = value == "1";
        return true;
    }
    return false;
}

Outcome<Preprocess> parse_image(std::string_view options) {
    Preprocess result{PreprocessKind::image, {}, nullptr};
    while (!options.empty()) {
        const std::size_t comma = std::min(options.find(','), options.size());
        const std::string_view option = options.substr(0, comma);
        options.remove_prefix(std::min(comma + 1, options.size()));
        if (!set_image_option(result.image, option)) {
            return bad_input("'" + std::string(option) + "' in --preprocess image",
                             preprocess_help());
        }
    }
    return result;
}

/// Height, width and channels of an input [..., height, width] or [..., height, width, channels].
struct Frame {
    ImageSize size;
    std::uint32_t channels;
};

Outcome<Frame> frame_of(const PortInfo& port, const ImageSpec& spec) {
    const std::size_t rank = port.shape.size();
    const bool has_channels = rank >= 3 && (port.shape[rank - 1] == 1 || port.shape[rank - 1] == 3);
    const std::size_t pixel_rank = has_channels ? rank - 1 : rank;
    Frame frame{{1, 1}, has_channels ? static_cast<std::uint32_t>(port.shape[rank - 1]) : 1};
    if (pixel_rank >= 2) {
        frame.size = {static_cast<std::uint32_t>(port.shape[pixel_rank - 1]),
                      static_cast<std::uint32_t>(port.shape[pixel_rank - 2])};
    }
    frame.size = spec.size.value_or(frame.size);
    frame.channels = spec.channels.value_or(frame.channels);
    const std::int64_t pixels = std::int64_t{frame.size.width} * frame.size.height * frame.channels;
    if (pixels != static_cast<std::int64_t>(element_count(port))) {
        return bad_input("a picture of " + std::to_string(frame.size.width) + " x " +
                             std::to_string(frame.size.height) + " pixels and " +
                             std::to_string(frame.channels) + " channels",
                         describe(port), "correct resize= and channels=");
    }
    return frame;
}

npy::Array floats_of(const PortInfo& port, const image::Image& picture, const ImageSpec& spec) {
    npy::Array array{npy::ElementType::f32, port.shape, {}};
    for (const std::uint8_t pixel : picture.pixels) {
        const float value = static_cast<float>(pixel) * spec.scale + spec.offset;
        const auto bytes = std::as_bytes(std::span(&value, 1));
        array.data.insert(array.data.end(), bytes.begin(), bytes.end());
    }
    return array;
}

Outcome<std::vector<std::byte>> read_image_input(const PortInfo& port,
                                                 std::span<const std::byte> file,
                                                 const ImageSpec& spec) {
    VERGE_ASSIGN(const Frame frame, frame_of(port, spec));
    VERGE_ASSIGN(const image::Image read,
                 image::read_image(
                     file, frame.channels == 1 ? image::Channels::grey : image::Channels::rgb));
    const image::Image picture =
        resize_bilinear(read, frame.size.width, frame.size.height, spec.smooths);
    if (!spec.reinterprets) {
        return bytes_for(port, floats_of(port, picture, spec), {.quantises = true});
    }
    if (plan::element_bytes(port.type) != 1) {
        return bad_input("image:bytes for " + describe(port), "an input of one byte an element");
    }
    const auto bytes = std::as_bytes(std::span(picture.pixels));
    return std::vector<std::byte>(bytes.begin(), bytes.end());
}

Outcome<std::vector<std::byte>> read_speech_input(const PortInfo& port,
                                                  std::span<const std::byte> file,
                                                  const signal::FeatureSource& source) {
    VERGE_ASSIGN(const wav::Audio audio, wav::read_audio(file));
    VERGE_ASSIGN(std::vector<std::int16_t> samples, wav::to_mono_16k_int16(audio));
    return clip_input(source, port, std::move(samples));
}

/// Inputs that lie one after the other in one file.
Outcome<std::vector<Tensors>> split(const PortInfo& port,
                                    std::span<const std::byte> file,
                                    const ReadOptions& options) {
    VERGE_ASSIGN(std::vector<npy::NamedArray> arrays, read_arrays(file));
    const bool is_raw = arrays.empty();
    const npy::ElementType type = is_raw ? to_array(port, {}, false).type : arrays[0].second.type;
    const std::span<const std::byte> data =
        is_raw ? file : std::span<const std::byte>(arrays[0].second.data);
    const std::size_t step = element_count(port) * npy::size_of(type);
    if (data.empty() || data.size() % step != 0) {
        return bad_input(
            std::to_string(data.size()) + " bytes of " + std::string(npy::name_of(type)),
            "a multiple of " + std::to_string(step) + " bytes, for " + describe(port));
    }
    std::vector<Tensors> windows;
    for (std::size_t at = 0; at < data.size(); at += step) {
        const auto part = data.subspan(at, step);
        VERGE_ASSIGN(std::vector<std::byte> bytes,
                     bytes_for(port, {type, port.shape, {part.begin(), part.end()}}, options));
        windows.push_back({std::move(bytes)});
    }
    return windows;
}

Outcome<Tensors> read_whole(const std::vector<PortInfo>& inputs,
                            const std::string& path,
                            const ReadOptions& options) {
    std::vector<std::string> files;
    for (const PortInfo& port : inputs) {
        files.push_back(port.name.empty() ? path : port.name + "=" + path);
    }
    return read_inputs(inputs, files, options);
}

}  // namespace

std::string preprocess_help() {
    return std::string(
               "raw, image (with :resize=WxH, scale=A/B, offset=X, channels=1|3, smooth=0|1 or "
               "bytes, parted by commas) or a front end for speech: ") +
           front_end_names();
}

Outcome<Preprocess> parse_preprocess(std::string_view text) {
    if (text == "raw") {
        return Preprocess{};
    }
    if (text == "image" || text.starts_with("image:")) {
        return parse_image(text.substr(std::min<std::size_t>(text.size(), 6)));
    }
    const std::string_view front_end = text == "micro_frontend" ? "microfrontend" : text;
    if (const signal::NamedSource* found = signal::find_feature_source(front_end)) {
        return Preprocess{PreprocessKind::speech, {}, found->source};
    }
    return bad_input("there is no pre-processing '" + std::string(text) + "'", preprocess_help());
}

Outcome<std::vector<Tensors>> read_sample(const std::vector<PortInfo>& inputs,
                                          const std::string& path,
                                          const SampleOptions& options) {
    const PreprocessKind kind = options.preprocess.kind;
    if (inputs.size() != 1 && (kind != PreprocessKind::raw || options.takes_windows)) {
        return bad_input("a model of " + std::to_string(inputs.size()) + " inputs",
                         "one input, or .npz files with an array for each and --preprocess raw");
    }
    if (kind == PreprocessKind::raw && !options.takes_windows) {
        VERGE_ASSIGN(Tensors tensors, read_whole(inputs, path, options.read));
        return std::vector<Tensors>{std::move(tensors)};
    }
    VERGE_ASSIGN(const std::vector<std::byte> file, platform::read_file(path));
    const auto one = [&]() -> Outcome<std::vector<Tensors>> {
        if (kind == PreprocessKind::raw) {
            return split(inputs[0], file, options.read);
        }
        VERGE_ASSIGN(std::vector<std::byte> bytes,
                     kind == PreprocessKind::image
                         ? read_image_input(inputs[0], file, options.preprocess.image)
                         : read_speech_input(inputs[0], file, *options.preprocess.front_end));
        return std::vector<Tensors>{Tensors{std::move(bytes)}};
    };
    auto result = one();
    return result.ok() ? std::move(result) : std::move(result).error().within(path);
}

}  // namespace verge::apps
