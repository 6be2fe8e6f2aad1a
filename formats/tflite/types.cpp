// The tables behind types.hpp, and the checked arithmetic of shapes.

#include "formats/tflite/types.hpp"

#include <algorithm>
#include <limits>

namespace verge::tflite {

std::optional<TypeFacts> facts_of(TensorType type) {
    switch (type) {
#define VERGE_TFLITE_TYPE(code, name, text, bits, least, most) \
    case TensorType::name:                                     \
        return TypeFacts{text, bits, least, most};
#include "formats/tflite/types.inc"
#undef VERGE_TFLITE_TYPE
    }
    return std::nullopt;
}

std::string type_name(TensorType type) {
    const auto facts = facts_of(type);
    return facts ? std::string(facts->name) : "type " + std::to_string(static_cast<int>(type));
}

std::string operator_name(std::int32_t code) {
    switch (code) {
#define VERGE_TFLITE_OPERATOR(number, name) \
    case (number):                          \
        return #name;
#include "formats/tflite/builtin_operators.inc"
#undef VERGE_TFLITE_OPERATOR
        default:
            return "operator " + std::to_string(code);
    }
}

std::optional<std::int64_t> element_count(std::span<const std::int64_t> shape) {
    if (std::any_of(shape.begin(), shape.end(), [](std::int64_t size) { return size < 0; })) {
        return std::nullopt;
    }
    if (std::find(shape.begin(), shape.end(), 0) != shape.end()) {
        return 0;  // whatever the others are: no product of them is needed
    }
    std::int64_t count = 1;
    for (const std::int64_t size : shape) {
        if (count > std::numeric_limits<std::int64_t>::max() / size) {
            return std::nullopt;
        }
        count *= size;
    }
    return count;
}

std::optional<std::int64_t> byte_size(TensorType type, std::span<const std::int64_t> shape) {
    const auto facts = facts_of(type);
    const auto count = element_count(shape);
    if (!facts || facts->bits == 0 || !count) {
        return std::nullopt;
    }
    if (*count > (std::numeric_limits<std::int64_t>::max() - 7) / facts->bits) {
        return std::nullopt;
    }
    return (*count * facts->bits + 7) / 8;
}

}  // namespace verge::tflite
