#pragma once
// Names for the numbers of the TensorFlow Lite format: element types, builtin operators and the
// small choices that operators' options make.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace verge::tflite {

enum class TensorType : std::int8_t {
#define VERGE_TFLITE_TYPE(code, name, text, bits, least, most) name = (code),
#include "formats/tflite/types.inc"
#undef VERGE_TFLITE_TYPE
};

/// The operators that the format numbers, under the format's own names; made from schema.fbs by
/// the build. A newer file may hold a code that has no enumerator here: it is kept as it is.
enum class BuiltinOperator : std::int32_t {
#define VERGE_TFLITE_OPERATOR(code, name) name = (code),
#include "formats/tflite/builtin_operators.inc"
#undef VERGE_TFLITE_OPERATOR
};

enum class Padding : std::int8_t { same, valid };
enum class Activation : std::int8_t { none, relu, relu_n1_to_1, relu6, tanh, sign_bit };
enum class WeightsFormat : std::int8_t { plain, shuffled_4x16_int8 };
enum class LstmKernel : std::int8_t { full, basic };
enum class MirrorMode : std::int8_t { reflect, symmetric };
enum class Combiner : std::int8_t { sum, mean, square_root_n };
enum class LshProjection : std::int8_t { unknown, sparse, dense };

/// What a table of types says of one of them; `bits` is 0 where elements are not of one size.
struct TypeFacts {
    const char* name;
    int bits;
    std::int64_t least_zero_point;
    std::int64_t greatest_zero_point;
};

/// Nothing for a code that the format did not have when this was written.
[[nodiscard]] std::optional<TypeFacts> facts_of(TensorType type);

/// "INT8"; "type 77" for a code without a name.
[[nodiscard]] std::string type_name(TensorType type);

/// "CONV_2D", the canonical name; "operator 300" for a code without a name.
[[nodiscard]] std::string operator_name(std::int32_t code);

[[nodiscard]] inline std::string operator_name(BuiltinOperator code) {
    return operator_name(static_cast<std::int32_t>(code));
}

/// The product of the dimensions (1 for a scalar); nothing if one is negative or it overflows.
[[nodiscard]] std::optional<std::int64_t> element_count(std::span<const std::int64_t> shape);

/// Bytes of a dense tensor, INT4 packed two to a byte; nothing if the type has no size (strings,
/// resources), a dimension is negative or the number overflows.
[[nodiscard]] std::optional<std::int64_t> byte_size(TensorType type,
                                                    std::span<const std::int64_t> shape);

}  // namespace verge::tflite
