#include "operators/tflite_site.hpp"

#include <algorithm>

namespace verge {
namespace {

struct Import {
    std::string_view name;
    TfliteImport import;
};

}  // namespace

namespace import {
#define VERGE_TFLITE_IMPORT(name, function) Done function(TfliteSite& site);
#include "operators/all_imports.inc"
#undef VERGE_TFLITE_IMPORT
}  // namespace import

namespace {

constexpr Import kImports[] = {
#define VERGE_TFLITE_IMPORT(name, function) {#name, &import::function},
#include "operators/all_imports.inc"
#undef VERGE_TFLITE_IMPORT
};

}  // namespace

TfliteImport find_tflite_import(std::string_view name) {
    const auto* found = std::ranges::find(kImports, name, &Import::name);
    return found == std::end(kImports) ? nullptr : found->import;
}

bool TfliteSite::has(std::size_t index) const {
    return index < op_.inputs.size() && op_.inputs[index] != tflite::kNoTensor;
}

graph::ValueId TfliteSite::input(std::size_t index) const {
    return has(index) ? context_.values[static_cast<std::size_t>(op_.inputs[index])]
                      : graph::kNoValue;
}

graph::ValueId TfliteSite::output(std::size_t index) const {
    const bool is_there = index < op_.outputs.size() && op_.outputs[index] != tflite::kNoTensor;
    return is_there ? context_.values[static_cast<std::size_t>(op_.outputs[index])]
                    : graph::kNoValue;
}

const graph::Value& TfliteSite::in(std::size_t index) const {
    const graph::ValueId id = input(index);
    return id == graph::kNoValue ? absent_ : context_.graph[id];
}

const graph::Value& TfliteSite::out(std::size_t index) const {
    const graph::ValueId id = output(index);
    return id == graph::kNoValue ? absent_ : context_.graph[id];
}

Outcome<std::vector<std::int64_t>> TfliteSite::integers(std::size_t index) const {
    if (!has(index) || !in(index).is_constant()) {
        return unsupported(
            "input " + std::to_string(index) + " is computed by the model", "a constant",
            "convert the model with fixed shapes, so that shapes and axes are constants");
    }
    const graph::Value& value = in(index);
    std::vector<std::int64_t> result;
    if (value.type == plan::Type::s32) {
        std::ranges::copy(graph::elements<std::int32_t>(value), std::back_inserter(result));
    } else if (value.type == plan::Type::s64) {
        std::ranges::copy(graph::elements<std::int64_t>(value), std::back_inserter(result));
    } else {
        return bad_input("input " + std::to_string(index) + " is " + graph::describe(value),
                         "s32 or s64");
    }
    return result;
}

graph::ValueId TfliteSite::temporary(std::string_view suffix, plan::Type type, graph::Dims dims) {
    return context_.graph.add({.name = name_ + "/" + std::string(suffix),
                               .type = type,
                               .dims = std::move(dims),
                               .quantisation = {},
                               .kind = graph::ValueKind::activation,
                               .constant = {}});
}

graph::ValueId TfliteSite::state(std::string_view suffix, plan::Type type, graph::Dims dims) {
    const graph::ValueId id = temporary(suffix, type, std::move(dims));
    context_.graph[id].kind = graph::ValueKind::state;
    return id;
}

void TfliteSite::alias(std::size_t index, graph::ValueId value) {
    const graph::ValueId old = output(index);
    graph::replace_uses(context_.graph, old, value);
    std::ranges::replace(context_.values, old, value);
}

graph::ValueId TfliteSite::add_constant(std::string_view suffix,
                                        plan::Type type,
                                        graph::Dims dims,
                                        graph::Constant constant) {
    return context_.graph.add({.name = name_ + "/" + std::string(suffix),
                               .type = type,
                               .dims = std::move(dims),
                               .quantisation = {},
                               .kind = graph::ValueKind::constant,
                               .constant = std::move(constant)});
}

}  // namespace verge
