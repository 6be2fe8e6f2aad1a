#include "operators/flexbuffer_options.hpp"

#include <optional>

namespace verge {
namespace {

// Types of the format; the two low bits beside them say how wide (2^n bytes) what they name is.
constexpr std::uint64_t kInt = 1;
constexpr std::uint64_t kUint = 2;
constexpr std::uint64_t kIndirectInt = 6;
constexpr std::uint64_t kIndirectUint = 7;
constexpr std::uint64_t kMap = 9;
constexpr std::uint64_t kBool = 26;

// A map of a few numbers is far smaller; hostile keys may overlap, and reading them stays cheap.
constexpr std::size_t kMostBytes = 4096;

/// An element: where it stands, how wide it is there, and what it is.
struct Element {
    std::size_t position;
    std::size_t width;
    std::uint64_t type;        // of the value
    std::size_t target_width;  // where the element is an offset to the value
};

/// A vector of `count` elements of `width` bytes, all inside the bytes.
struct Elements {
    std::size_t position;
    std::size_t width;
    std::size_t count;
};

/// Little-endian numbers of 1, 2, 4 or 8 bytes, or nothing where the bytes end.
class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    [[nodiscard]] std::optional<std::uint64_t> number(std::size_t position,
                                                      std::size_t width) const {
        if (position > bytes_.size() || width > bytes_.size() - position) {
            return std::nullopt;
        }
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < width; ++i) {
            value |= std::to_integer<std::uint64_t>(bytes_[position + i]) << (8 * i);
        }
        return value;
    }

    /// Offsets count backwards from where they stand.
    [[nodiscard]] std::optional<std::size_t> target(std::size_t position, std::size_t width) const {
        const auto offset = number(position, width);
        if (!offset || *offset > position) {
            return std::nullopt;
        }
        return position - static_cast<std::size_t>(*offset);
    }

    /// The root: its type and width are the last two bytes.
    [[nodiscard]] std::optional<Element> root() const {
        if (bytes_.size() < 3) {
            return std::nullopt;
        }
        const auto width = std::to_integer<std::size_t>(bytes_[bytes_.size() - 1]);
        if (!is_width(width) || width > bytes_.size() - 2) {
            return std::nullopt;
        }
        return element(bytes_.size() - 2 - width, width, bytes_[bytes_.size() - 2]);
    }

    [[nodiscard]] std::optional<Elements> elements(std::size_t position, std::size_t width) const {
        if (!is_width(width) || position < width) {
            return std::nullopt;
        }
        const auto count = number(position - width, width);
        if (!count || *count > (bytes_.size() - position) / width) {
            return std::nullopt;
        }
        return Elements{position, width, static_cast<std::size_t>(*count)};
    }

    /// Element `index` of a vector whose types stand behind its elements.
    [[nodiscard]] std::optional<Element> typed(const Elements& in, std::size_t index) const {
        const auto type = number(in.position + in.count * in.width + index, 1);
        if (!type) {
            return std::nullopt;
        }
        return element(in.position + index * in.width, in.width, static_cast<std::byte>(*type));
    }

    /// The characters from `position` up to a zero, which must be there.
    [[nodiscard]] std::optional<std::string> text(std::size_t position) const {
        std::string result;
        for (; position < bytes_.size(); ++position) {
            if (bytes_[position] == std::byte{0}) {
                return result;
            }
            result += static_cast<char>(bytes_[position]);
        }
        return std::nullopt;
    }

private:
    static bool is_width(std::size_t width) {
        return width == 1 || width == 2 || width == 4 || width == 8;
    }

    static Element element(std::size_t position, std::size_t width, std::byte packed) {
        const auto bits = std::to_integer<std::uint64_t>(packed);
        return {position, width, bits >> 2U, std::size_t{1} << (bits & 3U)};
    }

    std::span<const std::byte> bytes_;
};

std::int64_t sign_extended(std::uint64_t value, std::size_t width) {
    const auto unused = static_cast<unsigned>(64 - 8 * width);
    return static_cast<std::int64_t>(value << unused) >> unused;
}

/// The integer that an element is; nothing when it is not one, or is not sound.
std::optional<std::int64_t> integer_of(const Reader& reader, const Element& element) {
    std::size_t position = element.position;
    std::size_t width = element.width;
    const bool is_indirect = element.type == kIndirectInt || element.type == kIndirectUint;
    if (is_indirect) {
        const auto target = reader.target(element.position, element.width);
        if (!target) {
            return std::nullopt;
        }
        position = *target;
        width = element.target_width;
    }
    const auto value = reader.number(position, width);
    if (!value) {
        return std::nullopt;
    }
    if (element.type == kInt || element.type == kIndirectInt) {
        return sign_extended(*value, width);
    }
    const bool is_unsigned = is_indirect || element.type == kUint || element.type == kBool;
    return is_unsigned ? std::optional(static_cast<std::int64_t>(*value)) : std::nullopt;
}

/// The vector of keys of a map, whose place stands before the map's elements.
std::optional<Elements> keys_of(const Reader& reader, const Elements& map) {
    if (map.position < 3 * map.width) {
        return std::nullopt;
    }
    const auto place = reader.target(map.position - 3 * map.width, map.width);
    const auto width = reader.number(map.position - 2 * map.width, map.width);
    if (!place || !width || *width > 8) {
        return std::nullopt;
    }
    return reader.elements(*place, static_cast<std::size_t>(*width));
}

Error unsound(std::span<const std::byte> bytes) {
    return bad_input("the custom options (" + std::to_string(bytes.size()) +
                         " bytes) are not a sound FlexBuffers map",
                     "names and integers", "export the model again");
}

}  // namespace

Outcome<FlexbufferOptions> FlexbufferOptions::open(std::span<const std::byte> bytes) {
    const Reader reader(bytes);
    const auto root = reader.root();
    if (!root || root->type != kMap || bytes.size() > kMostBytes) {
        return unsound(bytes);
    }
    const auto place = reader.target(root->position, root->width);
    const auto values = place ? reader.elements(*place, root->target_width) : std::nullopt;
    const auto keys = values ? keys_of(reader, *values) : std::nullopt;
    if (!keys || keys->count != values->count) {
        return unsound(bytes);
    }
    FlexbufferOptions options;
    for (std::size_t i = 0; i < keys->count; ++i) {
        const auto key = reader.target(keys->position + i * keys->width, keys->width);
        const auto name = key ? reader.text(*key) : std::nullopt;
        const auto value = reader.typed(*values, i);
        if (!name || !value) {
            return unsound(bytes);
        }
        if (const auto integer = integer_of(reader, *value)) {
            options.integers_.insert_or_assign(*name, *integer);
        }
    }
    return options;
}

Outcome<std::int32_t> FlexbufferOptions::integer(std::string_view name,
                                                 std::int32_t low,
                                                 std::int32_t high) const {
    const auto found = integers_.find(name);
    const std::string wanted =
        "an integer from " + std::to_string(low) + " to " + std::to_string(high);
    if (found == integers_.end()) {
        return bad_input("the custom options have no '" + std::string(name) + "'", wanted);
    }
    if (found->second < low || found->second > high) {
        return bad_input(
            "the custom option '" + std::string(name) + "' is " + std::to_string(found->second),
            wanted);
    }
    return static_cast<std::int32_t>(found->second);
}

}  // namespace verge
