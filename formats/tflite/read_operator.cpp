// Operators: what they are, what they read and write, and their options.

#include <algorithm>

#include "formats/tflite/places.hpp"
#include "formats/tflite/read_parts.hpp"

namespace verge::tflite {
namespace {

constexpr auto kCustom = static_cast<std::int32_t>(BuiltinOperator::CUSTOM);
constexpr auto kPlaceholder =
    static_cast<std::int32_t>(BuiltinOperator::PLACEHOLDER_FOR_GREATER_OP_CODES);

Done check_code(std::int32_t code, const std::string& custom_name) {
    if (code < 0 || code == kPlaceholder) {
        return bad_input("its code is " + std::to_string(code), "the code of an operator",
                         kDamaged);
    }
    if (code == kCustom && custom_name.empty()) {
        return bad_input("it is a custom operator without a name", "a name in custom_code",
                         kDamaged);
    }
    return done();
}

Outcome<std::span<const std::byte>> custom_options(const Source& source,
                                                   const wire::Operator& from) {
    if (from.large_custom_options_offset() <= 1) {
        return bytes_of(from.custom_options());
    }
    return outside_bytes(source, from.large_custom_options_offset(),
                         from.large_custom_options_size());
}

Done read_lists(Budget& budget, const wire::Operator& from, std::size_t tensors, Operator& to) {
    VERGE_ASSIGN(to.inputs, read_operands(budget, from.inputs(), tensors, "input", true));
    VERGE_ASSIGN(to.outputs, read_operands(budget, from.outputs(), tensors, "output", true));
    VERGE_ASSIGN(to.intermediates,
                 read_operands(budget, from.intermediates(), tensors, "intermediate", true));
    return done();
}

}  // namespace

Outcome<Operator> read_operator_code(Budget& budget, const wire::OperatorCode& from) {
    Operator to;
    const std::int32_t code =
        std::max<std::int32_t>(from.deprecated_builtin_code(), from.builtin_code());
    VERGE_ASSIGN(std::string custom_name, copied(budget, from.custom_code()));
    VERGE_CHECK(check_code(code, custom_name));
    to.code = static_cast<BuiltinOperator>(code);
    to.version = from.version();
    if (code == kCustom) {
        to.custom_name = std::move(custom_name);
    }
    return to;
}

Outcome<std::vector<std::int32_t>> read_operands(Budget& budget,
                                                 const flatbuffers::Vector<std::int32_t>* from,
                                                 std::size_t tensors,
                                                 std::string_view kind,
                                                 bool optional) {
    VERGE_ASSIGN(std::vector<std::int32_t> operands, copied<std::int32_t>(budget, from));
    for (std::size_t i = 0; i < operands.size(); ++i) {
        const std::int32_t operand = operands[i];
        const bool absent = optional && operand == kNoTensor;
        if (!absent && (operand < 0 || static_cast<std::size_t>(operand) >= tensors)) {
            return bad_input("it is tensor " + std::to_string(operand),
                             "a tensor below " + std::to_string(tensors) +
                                 (optional ? ", or -1 for none" : ""),
                             kDamaged)
                .within(place(kind, i));
        }
    }
    return operands;
}

Outcome<Operator> read_operator(const Source& source,
                                const wire::Operator& from,
                                std::span<const Operator> codes,
                                std::size_t tensors) {
    if (from.opcode_index() >= codes.size()) {
        return bad_input("its kind is entry " + std::to_string(from.opcode_index()) + " of " +
                             std::to_string(codes.size()) + " operator codes",
                         "an entry of the list", kDamaged);
    }
    const Operator& code = codes[from.opcode_index()];
    VERGE_CHECK(source.budget.spend(code.custom_name.size()));
    Operator to = code;
    VERGE_CHECK(read_lists(source.budget, from, tensors, to));
    VERGE_ASSIGN(to.options, read_options(source.budget, from));
    VERGE_ASSIGN(to.custom_options, custom_options(source, from));
    return to;
}

}  // namespace verge::tflite
