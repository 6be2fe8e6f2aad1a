#pragma once
// The members of an operator's struct as a table, so that text and passes can name them.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace verge {

/// A member of an operator's struct. Every member is int32 or float, or an array of them.
struct Field {
    enum class Kind : std::uint8_t { s32, f32 };

    std::string_view name;
    std::size_t offset;
    Kind kind;
    std::size_t count;
};

template <typename Member>
[[nodiscard]] constexpr Field make_field(std::string_view name, std::size_t offset) {
    using Element = std::remove_all_extents_t<Member>;
    static_assert(sizeof(Element) == 4, "attributes are made of int32 and float");
    constexpr auto kKind = std::is_floating_point_v<Element> ? Field::Kind::f32 : Field::Kind::s32;
    return {name, offset, kKind, sizeof(Member) / sizeof(Element)};
}

}  // namespace verge

#define VERGE_FIELD(Struct, member) \
    ::verge::make_field<decltype(Struct::member)>(#member, offsetof(Struct, member))
