// Options of operators: from the union of the file to the variant of plain structs, enums checked.

#include <array>
#include <limits>
#include <type_traits>

#include "formats/tflite/places.hpp"
#include "formats/tflite/read_parts.hpp"

namespace verge::tflite {
namespace {

/// The greatest value of each enum that stands in a byte field; they all begin at 0.
template <typename Enum>
constexpr Enum kGreatest = Enum{};
template <>
constexpr Padding kGreatest<Padding> = Padding::valid;
template <>
constexpr Activation kGreatest<Activation> = Activation::sign_bit;
template <>
constexpr WeightsFormat kGreatest<WeightsFormat> = WeightsFormat::shuffled_4x16_int8;
template <>
constexpr LstmKernel kGreatest<LstmKernel> = LstmKernel::basic;
template <>
constexpr MirrorMode kGreatest<MirrorMode> = MirrorMode::symmetric;
template <>
constexpr Combiner kGreatest<Combiner> = Combiner::square_root_n;
template <>
constexpr LshProjection kGreatest<LshProjection> = LshProjection::dense;
template <>
constexpr TensorType kGreatest<TensorType> = TensorType::bfloat16;

/// One field of a table, `name` for messages.
struct Field {
    Budget& budget;
    const char* name;
};

template <typename Number>
    requires std::is_arithmetic_v<Number>
Done take(Field, Number from, Number& to) {
    to = from;
    return done();
}

template <typename Enum>
    requires std::is_enum_v<Enum>
Done take(Field field, std::int8_t from, Enum& to) {
    const auto greatest = static_cast<std::int8_t>(kGreatest<Enum>);
    if (from < 0 || from > greatest) {
        return unsupported(std::string(field.name) + " is " + std::to_string(from),
                           "0 to " + std::to_string(greatest),
                           "the file is newer than this version, or damaged");
    }
    to = static_cast<Enum>(from);
    return done();
}

template <typename T>
Done take(Field field, const flatbuffers::Vector<T>* from, std::vector<T>& to) {
    VERGE_ASSIGN(to, copied<T>(field.budget, from));
    return done();
}

Done take(Field field, const flatbuffers::String* from, std::string& to) {
    VERGE_ASSIGN(to, copied(field.budget, from));
    return done();
}

// For each table with fields a function that reads it.
#define VERGE_TFLITE_TABLE(number, table)                                       \
    Outcome<Options> read_table(Budget& budget, const wire::table& from) {      \
        static_assert(static_cast<int>(wire::BuiltinOptions::table) == number); \
        table to;
#define VERGE_TFLITE_FIELD(type, field, initial) \
    VERGE_CHECK(take(Field{budget, #field}, from.field(), to.field));
#define VERGE_TFLITE_END(table)    \
    return Options(std::move(to)); \
    }
#include "formats/tflite/options.inc"
#undef VERGE_TFLITE_TABLE
#undef VERGE_TFLITE_FIELD
#undef VERGE_TFLITE_END

Outcome<Options> read_first_union(Budget& budget, const wire::Operator& from) {
    switch (from.builtin_options_type()) {
#define VERGE_TFLITE_TABLE(number, table) \
    case wire::BuiltinOptions::table:     \
        return read_table(budget, *from.builtin_options_as_##table());
#define VERGE_TFLITE_FIELD(type, field, initial)
#define VERGE_TFLITE_END(table)
#include "formats/tflite/options.inc"
#undef VERGE_TFLITE_TABLE
#undef VERGE_TFLITE_FIELD
#undef VERGE_TFLITE_END
        default:
            return Options(
                OtherOptions{static_cast<std::uint8_t>(from.builtin_options_type()), false});
    }
}

}  // namespace

Outcome<Options> read_options(Budget& budget, const wire::Operator& from) {
    if (from.builtin_options_type() != wire::BuiltinOptions::NONE &&
        from.builtin_options() != nullptr) {
        return read_first_union(budget, from);
    }
    if (from.second_options_kind() != 0) {
        return Options(OtherOptions{from.second_options_kind(), true});
    }
    return Options();
}

}  // namespace verge::tflite
