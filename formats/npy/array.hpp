#pragma once
// A tensor as NumPy files hold it: element type, shape, and bytes in C order.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace verge::npy {

/// The types that are read and written; float16 stays raw (two bytes an element).
enum class ElementType : std::uint8_t {
    f16,
    f32,
    f64,
    i8,
    u8,
    i16,
    u16,
    i32,
    u32,
    i64,
    u64,
    boolean
};

/// 1, 2, 4 or 8.
[[nodiscard]] std::size_t size_of(ElementType type);

/// NumPy's name: "float32", "int8", "bool".
[[nodiscard]] std::string_view name_of(ElementType type);

/// NumPy's code without the byte order: "f4", "i1", "b1".
[[nodiscard]] std::string_view code_of(ElementType type);

[[nodiscard]] std::optional<ElementType> type_of_code(std::string_view code);

/// Little-endian, C order (the last index runs fastest). No dimensions: one element.
/// Invariant of everything read: data.size() == byte_count(type, shape).
struct Array {
    ElementType type = ElementType::f32;
    std::vector<std::int64_t> shape;
    std::vector<std::byte> data;

    bool operator==(const Array&) const = default;
};

/// Bytes of all elements; nothing when a dimension is negative or the product has no 63 bits.
[[nodiscard]] std::optional<std::uint64_t> byte_count(ElementType type,
                                                      std::span<const std::int64_t> shape);

/// "(3, 4)", "(3,)", "()", as Python writes it.
[[nodiscard]] std::string shape_text(std::span<const std::int64_t> shape);

}  // namespace verge::npy
