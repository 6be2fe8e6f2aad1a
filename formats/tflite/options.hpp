#pragma once
// The options of operators as plain structs with the format's names and defaults (see options.inc),
// and Options: whichever of them an operator carries.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "formats/tflite/types.hpp"

namespace verge::tflite {

// Each struct: kTable is its number in the union, then its fields.
#define VERGE_TFLITE_TABLE(number, name) \
    struct name {                        \
        static constexpr std::uint8_t kTable = (number);
#define VERGE_TFLITE_FIELD(type, field, initial) type field = initial;
#define VERGE_TFLITE_END(name)                                  \
    friend bool operator==(const name&, const name&) = default; \
    }                                                           \
    ;
#include "formats/tflite/options.inc"
#undef VERGE_TFLITE_TABLE
#undef VERGE_TFLITE_FIELD
#undef VERGE_TFLITE_END

/// A table known by its number alone: in the first union one without fields (PadOptions is 22) or
/// one newer than this reader; in the second union (StableHLO) any. Nothing else of it is kept.
struct OtherOptions {
    std::uint8_t table = 0;
    bool second_union = false;
    friend bool operator==(const OtherOptions&, const OtherOptions&) = default;
};

/// monostate: the operator has no options; the format's defaults then hold, or a custom operator
/// has its bytes in Operator::custom_options.
using Options = std::variant<std::monostate,
#define VERGE_TFLITE_TABLE(number, name) name,
#define VERGE_TFLITE_FIELD(type, field, initial)
#define VERGE_TFLITE_END(name)
#include "formats/tflite/options.inc"
#undef VERGE_TFLITE_TABLE
#undef VERGE_TFLITE_FIELD
#undef VERGE_TFLITE_END
                             OtherOptions>;

}  // namespace verge::tflite
