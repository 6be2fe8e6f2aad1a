// The table of element types, and sizes that cannot overflow.

#include "formats/npy/array.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace verge::npy {
namespace {

struct TypeRow {
    ElementType type;
    std::size_t bytes;
    std::string_view code;
    std::string_view name;
};

constexpr std::array kTypes = {
    TypeRow{ElementType::f16, 2, "f2", "float16"}, TypeRow{ElementType::f32, 4, "f4", "float32"},
    TypeRow{ElementType::f64, 8, "f8", "float64"}, TypeRow{ElementType::i8, 1, "i1", "int8"},
    TypeRow{ElementType::u8, 1, "u1", "uint8"},    TypeRow{ElementType::i16, 2, "i2", "int16"},
    TypeRow{ElementType::u16, 2, "u2", "uint16"},  TypeRow{ElementType::i32, 4, "i4", "int32"},
    TypeRow{ElementType::u32, 4, "u4", "uint32"},  TypeRow{ElementType::i64, 8, "i8", "int64"},
    TypeRow{ElementType::u64, 8, "u8", "uint64"},  TypeRow{ElementType::boolean, 1, "b1", "bool"},
};

const TypeRow& row_of(ElementType type) {
    return kTypes[static_cast<std::size_t>(type)];
}

constexpr bool rows_stand_in_order() {
    for (std::size_t i = 0; i < kTypes.size(); ++i) {
        if (static_cast<std::size_t>(kTypes[i].type) != i) {
            return false;
        }
    }
    return true;
}

static_assert(rows_stand_in_order(), "row_of() finds a type by its number");

}  // namespace

std::size_t size_of(ElementType type) {
    return row_of(type).bytes;
}

std::string_view name_of(ElementType type) {
    return row_of(type).name;
}

std::string_view code_of(ElementType type) {
    return row_of(type).code;
}

std::optional<ElementType> type_of_code(std::string_view code) {
    const auto* const row =
        std::find_if(kTypes.begin(), kTypes.end(),
                     [&](const TypeRow& candidate) { return candidate.code == code; });
    return row == kTypes.end() ? std::nullopt : std::optional(row->type);
}

std::optional<std::uint64_t> byte_count(ElementType type, std::span<const std::int64_t> shape) {
    constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    std::uint64_t bytes = size_of(type);
    bool is_empty = false;
    for (const std::int64_t dimension : shape) {
        if (dimension < 0) {
            return std::nullopt;
        }
        const auto factor = static_cast<std::uint64_t>(std::max<std::int64_t>(dimension, 1));
        if (bytes > kMost / factor) {
            return std::nullopt;
        }
        is_empty = is_empty || dimension == 0;
        bytes *= factor;
    }
    return is_empty ? 0 : bytes;
}

std::string shape_text(std::span<const std::int64_t> shape) {
    std::string text = "(";
    for (std::size_t i = 0; i < shape.size(); ++i) {
        text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
    }
    return text + (shape.size() == 1 ? ",)" : ")");
}

}  // namespace verge::npy
