// Options of operators: from the variant of plain structs to the union of the file.

#include <type_traits>

#include "formats/tflite/write_parts.hpp"

namespace verge::tflite {
namespace {

template <typename T>
    requires std::is_arithmetic_v<T>
T stored(flatbuffers::FlatBufferBuilder&, T number) {
    return number;
}

template <typename T>
    requires std::is_enum_v<T>
std::int8_t stored(flatbuffers::FlatBufferBuilder&, T choice) {
    return static_cast<std::int8_t>(choice);
}

using verge::tflite::stored;

WrittenOptions write_table(flatbuffers::FlatBufferBuilder&, const std::monostate&) {
    return {wire::BuiltinOptions::NONE, 0};
}

/// A table without fields. Its number may be beyond the union's, if it was read from a newer file.
WrittenOptions write_table(flatbuffers::FlatBufferBuilder& to, const OtherOptions& other) {
    if (other.second_union || other.table == 0) {
        return {wire::BuiltinOptions::NONE, 0};
    }
    return {static_cast<wire::BuiltinOptions>(other.table), wire::CreatePadOptions(to).Union()};
}

// For each table with fields a function that writes it; the macros call Create<table> with the
// fields in their order.
#define VERGE_TFLITE_TABLE(number, table)                                                  \
    WrittenOptions write_table(flatbuffers::FlatBufferBuilder& to, const table& options) { \
        return {wire::BuiltinOptions::table, wire::Create##table(to
#define VERGE_TFLITE_FIELD(type, field, initial) , stored(to, options.field)
#define VERGE_TFLITE_END(table) ).Union() \
    }                                     \
    ;                                     \
    }
#include "formats/tflite/options.inc"
#undef VERGE_TFLITE_TABLE
#undef VERGE_TFLITE_FIELD
#undef VERGE_TFLITE_END

}  // namespace

WrittenOptions write_options(flatbuffers::FlatBufferBuilder& to, const Options& options) {
    return std::visit([&to](const auto& table) { return write_table(to, table); }, options);
}

}  // namespace verge::tflite
