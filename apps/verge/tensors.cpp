#include "apps/verge/tensors.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <optional>

#include "formats/npy/npy.hpp"
#include "formats/npy/npz.hpp"
#include "graph/graph.hpp"
#include "platform/file.hpp"
#include "platform/similar_name.hpp"

namespace verge::apps {
namespace {

using npy::ElementType;
using plan::Type;

constexpr std::array kTypes = {
    std::pair{Type::f32, ElementType::f32}, std::pair{Type::s8, ElementType::i8},
    std::pair{Type::u8, ElementType::u8},   std::pair{Type::s16, ElementType::i16},
    std::pair{Type::u16, ElementType::u16}, std::pair{Type::s32, ElementType::i32},
    std::pair{Type::u32, ElementType::u32}, std::pair{Type::s64, ElementType::i64},
    std::pair{Type::u64, ElementType::u64}, std::pair{Type::b8, ElementType::boolean},
    std::pair{Type::f16, ElementType::f16}, std::pair{Type::f64, ElementType::f64},
};

ElementType element_of(Type type) {
    const auto* found = std::ranges::find(kTypes, type, &std::pair<Type, ElementType>::first);
    return found == std::end(kTypes) ? ElementType::u8 : found->second;
}

struct Range {
    double low;
    double high;
};

/// Of the integer types that ports are quantised to; nothing for others.
std::optional<Range> range_of(Type type) {
    switch (type) {
        case Type::s8:
            return Range{-128, 127};
        case Type::u8:
            return Range{0, 255};
        case Type::s16:
            return Range{-32768, 32767};
        default:
            return std::nullopt;
    }
}

template <typename T>
void append(std::vector<std::byte>& bytes, T value) {
    const auto raw = std::as_bytes(std::span(&value, 1));
    bytes.insert(bytes.end(), raw.begin(), raw.end());
}

void append_as(std::vector<std::byte>& bytes, Type type, double value) {
    if (type == Type::s16) {
        append(bytes, static_cast<std::int16_t>(value));
    } else if (type == Type::u8) {
        append(bytes, static_cast<std::uint8_t>(value));
    } else {
        append(bytes, static_cast<std::int8_t>(value));
    }
}

Outcome<std::vector<std::byte>> quantise(const PortInfo& port, const npy::Array& array) {
    const std::optional<Range> range = range_of(port.type);
    if (!range.has_value() || port.scale == 0.0F) {
        return bad_input("the model's input has no scale",
                         "a quantised input for --quantize-inputs");
    }
    std::vector<std::byte> bytes;
    for (std::size_t i = 0; i + sizeof(float) <= array.data.size(); i += sizeof(float)) {
        float value = 0;
        std::memcpy(&value, array.data.data() + i, sizeof value);
        if (!std::isfinite(value)) {
            return bad_input(
                "element " + std::to_string(i / sizeof(float)) + " is not a finite number",
                "finite numbers");
        }
        const double stored = static_cast<double>(std::round(value / port.scale)) + port.zero_point;
        append_as(bytes, port.type, std::clamp(stored, range->low, range->high));
    }
    return bytes;
}

bool is_npy(std::span<const std::byte> file) {
    return file.size() > 6 && std::memcmp(file.data(), "\x93NUMPY", 6) == 0;
}

bool is_zip(std::span<const std::byte> file) {
    return file.size() > 4 && std::memcmp(file.data(), "PK\x03\x04", 4) == 0;
}

Outcome<std::vector<std::byte>> read_one(const PortInfo& port,
                                         const std::string& path,
                                         const ReadOptions& options) {
    VERGE_ASSIGN(std::vector<std::byte> file, platform::read_file(path));
    VERGE_ASSIGN(std::vector<npy::NamedArray> arrays, read_arrays(file));
    auto found = std::ranges::find(arrays, port.name, &npy::NamedArray::first);
    if (found == arrays.end() && arrays.size() == 1) {
        found = arrays.begin();
    }
    if (found != arrays.end()) {
        return bytes_for(port, std::move(found->second), options);
    }
    if (!arrays.empty() || is_zip(file)) {
        return bad_input("an archive of " + std::to_string(arrays.size()) + " arrays without '" +
                             port.name + "'",
                         "an array of that name, or one array alone");
    }
    if (file.size() != port.bytes) {
        return bad_input("a file of " + std::to_string(file.size()) + " raw bytes",
                         describe(port) + ", " + std::to_string(port.bytes) + " bytes",
                         "give a .npy or .npz file, or raw bytes of exactly this size");
    }
    return file;
}

std::string all_of(const std::vector<PortInfo>& ports) {
    std::string text;
    for (const PortInfo& port : ports) {
        text += (text.empty() ? "" : ", ") + describe(port);
    }
    return text.empty() ? "no inputs" : text;
}

/// How --input is written for this port.
std::string usage_of(const PortInfo& port) {
    return "--input " + (port.name.empty() ? "" : port.name + "=") + "FILE";
}

/// The port that "NAME=PATH" names (a name may hold '='); ports.size() when the text is a path.
std::size_t named_port(const std::vector<PortInfo>& ports, const std::string& text) {
    const auto found = std::ranges::find_if(ports, [&](const PortInfo& port) {
        return !port.name.empty() && text.starts_with(port.name + "=");
    });
    return static_cast<std::size_t>(found - ports.begin());
}

/// "NAME=PATH" with a name that no port has, rather than a path with '='.
bool is_wrong_name(const std::string& text) {
    std::error_code ignored;
    const std::size_t equals = text.find('=');
    return equals != std::string::npos && equals != 0 && !std::filesystem::exists(text, ignored) &&
           (text.substr(equals + 1) == "-" ||
            std::filesystem::exists(text.substr(equals + 1), ignored));
}

Error wrong_name(const std::vector<PortInfo>& ports, const std::string& text) {
    std::vector<std::string> names;
    std::ranges::transform(ports, std::back_inserter(names), &PortInfo::name);
    const std::string name = text.substr(0, text.find('='));
    const std::string similar = platform::closest_name(name, names);
    return bad_input("there is no input '" + name + "'", all_of(ports),
                     similar.empty() ? "" : "did you mean '" + similar + "'?")
        .within("--input " + text);
}

/// The path for each port, in order: first those that are named, then the others as they come.
Outcome<std::vector<std::string>> deal_inputs(const std::vector<PortInfo>& ports,
                                              const std::vector<std::string>& given) {
    std::vector<std::string> paths(ports.size());
    std::vector<std::string> unnamed;
    for (const std::string& text : given) {
        const std::size_t at = named_port(ports, text);
        if (at == ports.size()) {
            unnamed.push_back(text);
        } else if (!paths[at].empty()) {
            return bad_input("two files for " + describe(ports[at]), "one file for each input",
                             "leave one of the two out")
                .within("--input " + text);
        } else {
            paths[at] = text.substr(ports[at].name.size() + 1);
        }
    }
    for (const std::string& text : unnamed) {
        if (is_wrong_name(text)) {
            return wrong_name(ports, text);
        }
        const auto free = std::ranges::find(paths, "");
        if (free == paths.end()) {
            return bad_input("--input " + text + " is one too many", "inputs " + all_of(ports),
                             "give one file for each input");
        }
        *free = text;
    }
    if (const auto missing = std::ranges::find(paths, ""); missing != paths.end()) {
        const PortInfo& port = ports[static_cast<std::size_t>(missing - paths.begin())];
        return bad_input("no --input for " + describe(port), "one file for each input",
                         "add " + usage_of(port));
    }
    return paths;
}

std::string type_text(const PortInfo& port) {
    return port.foreign_type.empty() ? std::string(npy::name_of(element_of(port.type)))
                                     : port.foreign_type;
}

}  // namespace

std::size_t element_count(const PortInfo& port) {
    std::size_t count = 1;
    for (const std::int64_t dim : port.shape) {
        count *= static_cast<std::size_t>(dim);
    }
    return count;
}

std::vector<PortInfo> ports_of(const plan::View& plan, bool is_output) {
    std::vector<PortInfo> result;
    for (std::size_t i = 0; i < plan.ports().size(); ++i) {
        const plan::Port& port = plan.ports()[i];
        if ((port.is_output != 0) != is_output) {
            continue;
        }
        const plan::Tensor& tensor = plan.tensors()[port.tensor];
        PortInfo info{i,          plan.name(port), tensor.type, {}, plan::tensor_bytes(tensor),
                      port.scale, port.zero_point};
        info.shape.assign(tensor.dims.begin(), tensor.dims.begin() + tensor.rank);
        result.push_back(std::move(info));
    }
    return result;
}

Json port_json(const PortInfo& port) {
    return {{"name", port.name},
            {"type", type_text(port)},
            {"shape", port.shape},
            {"scale", port.scale},
            {"zero_point", port.zero_point}};
}

std::string describe(const PortInfo& port) {
    const std::string name = port.name.empty() ? "" : "'" + port.name + "': ";
    return name + type_text(port) + " " + npy::shape_text(port.shape);
}

Outcome<std::vector<std::byte>> bytes_for(const PortInfo& port,
                                          npy::Array array,
                                          const ReadOptions& options) {
    const bool is_float = array.type == ElementType::f32 && port.type != Type::f32;
    std::int64_t count = 1;
    for (const std::int64_t dim : array.shape) {
        count *= dim;
    }
    std::int64_t wanted = 1;
    for (const std::int64_t dim : port.shape) {
        wanted *= dim;
    }
    const std::string found =
        std::string(npy::name_of(array.type)) + " " + npy::shape_text(array.shape);
    if (count != wanted) {
        return bad_input(found, describe(port), "give as many elements as the input has");
    }
    if (is_float && options.quantises) {
        return quantise(port, array);
    }
    if (array.type != element_of(port.type)) {
        const std::string remedy =
            is_float ? "convert it, or let --quantize-inputs do it by the model's scale"
                     : "convert it: nothing is cast silently";
        return bad_input(found, describe(port), remedy);
    }
    return std::move(array.data);
}

Outcome<std::vector<npy::NamedArray>> read_arrays(std::span<const std::byte> file) {
    if (is_zip(file)) {
        return npy::read_npz(file);
    }
    std::vector<npy::NamedArray> arrays;
    if (is_npy(file)) {
        VERGE_ASSIGN(npy::Array array, npy::read_npy(file));
        arrays.emplace_back("", std::move(array));
    }
    return arrays;
}

Outcome<Tensors> read_inputs(const std::vector<PortInfo>& ports,
                             const std::vector<std::string>& given,
                             const ReadOptions& options) {
    VERGE_ASSIGN(const std::vector<std::string> paths, deal_inputs(ports, given));
    Tensors result;
    for (std::size_t i = 0; i < ports.size(); ++i) {
        // One archive may serve several inputs.
        auto bytes = read_one(ports[i], paths[i], options);
        if (!bytes.ok()) {
            return std::move(bytes).error().within(paths[i]);
        }
        result.push_back(std::move(bytes).value());
    }
    return result;
}

npy::Array to_array(const PortInfo& port, std::span<const std::byte> bytes, bool dequantises) {
    npy::Array array{element_of(port.type), port.shape, {bytes.begin(), bytes.end()}};
    if (!dequantises || port.scale == 0.0F || !range_of(port.type).has_value()) {
        return array;
    }
    array.type = ElementType::f32;
    array.data.clear();
    const std::uint32_t step = plan::element_bytes(port.type);
    for (std::size_t i = 0; i < bytes.size(); i += step) {
        std::int32_t stored = 0;
        if (port.type == Type::s16) {
            std::int16_t value = 0;
            std::memcpy(&value, bytes.data() + i, 2);
            stored = value;
        } else {
            stored = port.type == Type::s8 ? static_cast<std::int8_t>(bytes[i])
                                           : static_cast<std::uint8_t>(bytes[i]);
        }
        append(array.data, port.scale * static_cast<float>(stored - port.zero_point));
    }
    return array;
}

Done check_output(const std::string& path, const std::vector<PortInfo>& ports) {
    std::error_code ignored;
    const bool is_no_file = std::filesystem::exists(path, ignored) &&
                            !std::filesystem::is_regular_file(path, ignored) &&
                            !std::filesystem::is_directory(path, ignored);
    if (path.empty() || path == "-" || path.ends_with(".npz") || is_no_file) {
        return done();
    }
    if (!path.ends_with(".npy")) {
        return bad_input("the ending says nothing of how to write it",
                         ".npz, or .npy for one output", "give it one of these endings")
            .within(path);
    }
    return ports.size() == 1
               ? done()
               : Done(bad_input(std::to_string(ports.size()) + " outputs for one .npy file",
                                "one output", "write them as .npz")
                          .within(path));
}

Done write_outputs(const std::string& path,
                   const std::vector<PortInfo>& ports,
                   const std::vector<std::vector<std::byte>>& outputs,
                   bool dequantises) {
    std::vector<npy::NamedArray> arrays;
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const std::string name =
            ports[i].name.empty() ? "output" + std::to_string(i) : ports[i].name;
        arrays.emplace_back(name, to_array(ports[i], outputs[i], dequantises));
    }
    if (path.ends_with(".npy") && arrays.size() == 1) {
        return platform::write_file_atomically(path, npy::write_npy(arrays[0].second));
    }
    VERGE_ASSIGN(const std::vector<std::byte> file, npy::write_npz(arrays));
    return platform::write_file_atomically(path, file);
}

std::uint32_t fnv1a(std::span<const std::byte> bytes) {
    std::uint32_t hash = 2166136261U;
    for (const std::byte byte : bytes) {
        hash = (hash ^ static_cast<std::uint32_t>(byte)) * 16777619U;
    }
    return hash;
}

Json outputs_json(const std::vector<PortInfo>& ports,
                  const std::vector<std::vector<std::byte>>& outputs) {
    Json result = Json::array();
    for (std::size_t i = 0; i < ports.size(); ++i) {
        result.push_back({{"name", ports[i].name},
                          {"type", npy::name_of(element_of(ports[i].type))},
                          {"shape", ports[i].shape},
                          {"fnv1a", fnv1a(outputs[i])}});
    }
    return result;
}

}  // namespace verge::apps
