// cast: the adapters that give the reference bodies their operands.

#include "operators/cast/kernel_ref.hpp"

#include "operators/elementwise.hpp"

namespace verge::kernel {
namespace {

using plan::Type;

bool is_signed(Type type) {
    return type == Type::s8 || type == Type::s16 || type == Type::s32 || type == Type::s64;
}

void load_group(
    Type type, const void* x, std::uint32_t first, std::uint32_t count, std::int64_t* group) {
    switch (type) {
        case Type::s8:
            return cast_ref::load<std::int8_t>(x, first, count, group);
        case Type::s16:
            return cast_ref::load<std::int16_t>(x, first, count, group);
        case Type::u16:
            return cast_ref::load<std::uint16_t>(x, first, count, group);
        case Type::s32:
            return cast_ref::load<std::int32_t>(x, first, count, group);
        case Type::u32:
            return cast_ref::load<std::uint32_t>(x, first, count, group);
        case Type::s64:
        case Type::u64:
            return cast_ref::load<std::int64_t>(x, first, count, group);
        default:
            return cast_ref::load<std::uint8_t>(x, first, count, group);
    }
}

void store_group(
    Type type, void* y, std::uint32_t first, std::uint32_t count, const std::int64_t* group) {
    switch (element_bytes(type)) {
        case 1:
            return cast_ref::store<std::uint8_t>(y, first, count, group);
        case 2:
            return cast_ref::store<std::uint16_t>(y, first, count, group);
        case 4:
            return cast_ref::store<std::uint32_t>(y, first, count, group);
        default:
            return cast_ref::store<std::int64_t>(y, first, count, group);
    }
}

/// What a group of floats becomes as integers of the output's type.
void from_floats(Type type, const float* x, std::uint32_t count, std::int64_t* group) {
    for (std::uint32_t i = 0; i < count; ++i) {
        group[i] = type == Type::b8 ? (x[i] != 0.0F ? 1 : 0)
                                    : cast_ref::integer_from(x[i], 8U * plan::element_bytes(type),
                                                             is_signed(type));
    }
}

void to_floats(Type type, const std::int64_t* group, std::uint32_t count, float* y) {
    for (std::uint32_t i = 0; i < count; ++i) {
        y[i] = type == Type::u64 ? static_cast<float>(static_cast<std::uint64_t>(group[i]))
                                 : static_cast<float>(group[i]);
    }
}

void to_booleans(std::uint32_t count, std::int64_t* group) {
    for (std::uint32_t i = 0; i < count; ++i) {
        group[i] = group[i] != 0 ? 1 : 0;
    }
}

}  // namespace

void cast_any_none_any_ref(const Call& call, Tiles tiles) noexcept {
    const elementwise::Range range = elementwise::range_of(call, tiles);
    const Type from = call.input(0).type;
    const Type to = call.output(0).type;
    if (from == Type::f32 && to == Type::f32) {
        const std::size_t bytes = std::size_t{range.last - range.first} * sizeof(float);
        std::memmove(call.out<float>(0) + range.first, call.in<float>(0) + range.first, bytes);
        return;
    }
    std::int64_t group[cast_ref::kGroup];
    for (std::uint32_t first = range.first; first < range.last; first += cast_ref::kGroup) {
        const std::uint32_t left = range.last - first;
        const std::uint32_t count = left < cast_ref::kGroup ? left : cast_ref::kGroup;
        if (from == Type::f32) {
            from_floats(to, call.in<float>(0) + first, count, group);
        } else {
            load_group(from, call.in<void>(0), first, count, group);
        }
        if (to == Type::f32) {
            to_floats(from, group, count, call.out<float>(0) + first);
            continue;
        }
        if (to == Type::b8) {
            to_booleans(count, group);
        }
        store_group(to, call.out<void>(0), first, count, group);
    }
}

}  // namespace verge::kernel
