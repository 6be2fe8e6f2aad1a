#pragma once
// What an importer of a TensorFlow Lite operator is given: the operator, its operands as graph
// values, and the graph to add nodes to. Hosted.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/outcome.hpp"
#include "formats/tflite/model.hpp"
#include "graph/graph.hpp"

namespace verge {

/// What one TFLite operator becomes. Importers add nodes with emit(), or make an output stand for
/// another value with alias(). A variable's resource tensors are handled by the variable importers.
class TfliteSite {
public:
    struct Context {
        const tflite::Model& model;
        const tflite::Subgraph& subgraph;
        graph::Graph& graph;
        std::vector<graph::ValueId>& values;               // by tensor index of the subgraph
        std::map<std::string, graph::ValueId>& variables;  // states, by container and shared name
    };

    TfliteSite(Context context, const tflite::Operator& op, std::string name)
        : context_(context), op_(op), name_(std::move(name)) {}

    [[nodiscard]] const tflite::Operator& op() const { return op_; }

    [[nodiscard]] const tflite::Model& model() const { return context_.model; }

    [[nodiscard]] const tflite::Subgraph& subgraph() const { return context_.subgraph; }

    [[nodiscard]] graph::Graph& graph() { return context_.graph; }

    [[nodiscard]] const std::string& name() const { return name_; }

    /// True when input `index` is listed and present.
    [[nodiscard]] bool has(std::size_t index) const;

    /// kNoValue when absent.
    [[nodiscard]] graph::ValueId input(std::size_t index) const;

    [[nodiscard]] graph::ValueId output(std::size_t index = 0) const;

    /// A value without type, dims and quantisation when absent, which no check of types or shapes
    /// takes: importers need not ask first.
    [[nodiscard]] const graph::Value& in(std::size_t index) const;

    [[nodiscard]] const graph::Value& out(std::size_t index = 0) const;

    /// The operator's options table; default values when the file left it out.
    template <typename Options>
    [[nodiscard]] Options options() const {
        const auto* found = std::get_if<Options>(&op_.options);
        return found == nullptr ? Options{} : *found;
    }

    /// A constant s32 or s64 input as integers; an Error when it is not constant.
    [[nodiscard]] Outcome<std::vector<std::int64_t>> integers(std::size_t index) const;

    /// Adds a constant to the graph.
    template <typename T>
    graph::ValueId constant(std::string_view suffix,
                            graph::Dims dims,
                            std::span<const T> elements) {
        return add_constant(suffix, type_of<T>(), std::move(dims),
                            graph::make_constant<T>(elements));
    }

    /// Adds an activation of the given type that no tensor of the file stands for.
    graph::ValueId temporary(std::string_view suffix, plan::Type type, graph::Dims dims);

    /// Adds a state, zeros at first. A node that changes it names it among its inputs and among its
    /// outputs.
    graph::ValueId state(std::string_view suffix, plan::Type type, graph::Dims dims);

    /// Adds a node that runs `id`, named like the operator.
    template <typename Struct>
    graph::Node& emit(OpId id,
                      std::vector<graph::ValueId> inputs,
                      std::vector<graph::ValueId> outputs,
                      const Struct& attributes) {
        graph::Node node{id, name_, std::move(inputs), std::move(outputs), {}};
        graph::set_attributes(node, attributes);
        context_.graph.nodes.push_back(std::move(node));
        return context_.graph.nodes.back();
    }

    /// Output `index` is from now on just another name of `value`.
    void alias(std::size_t index, graph::ValueId value);

    /// The tensor indices of the file, for importers that keep their own books (variables).
    [[nodiscard]] std::vector<graph::ValueId>& values() { return context_.values; }

    /// The model's variables, whichever operator came upon them first: one state value each.
    [[nodiscard]] std::map<std::string, graph::ValueId>& variables() { return context_.variables; }

private:
    template <typename T>
    static constexpr plan::Type type_of();

    graph::ValueId add_constant(std::string_view suffix,
                                plan::Type type,
                                graph::Dims dims,
                                graph::Constant constant);

    Context context_;
    const tflite::Operator& op_;
    std::string name_;
    graph::Value absent_ = {};
};

template <>
constexpr plan::Type TfliteSite::type_of<float>() {
    return plan::Type::f32;
}

template <>
constexpr plan::Type TfliteSite::type_of<std::int8_t>() {
    return plan::Type::s8;
}

template <>
constexpr plan::Type TfliteSite::type_of<std::uint8_t>() {
    return plan::Type::u8;
}

template <>
constexpr plan::Type TfliteSite::type_of<std::int16_t>() {
    return plan::Type::s16;
}

template <>
constexpr plan::Type TfliteSite::type_of<std::uint16_t>() {
    return plan::Type::u16;
}

template <>
constexpr plan::Type TfliteSite::type_of<std::int32_t>() {
    return plan::Type::s32;
}

template <>
constexpr plan::Type TfliteSite::type_of<std::int64_t>() {
    return plan::Type::s64;
}

/// Imports one operator. An Error of Code::unsupported means: sound, but not this version or type.
using TfliteImport = Done (*)(TfliteSite& site);

/// The importer of an operator by its canonical name ("CONV_2D", or a custom operator's own name),
/// or nullptr.
[[nodiscard]] TfliteImport find_tflite_import(std::string_view name);

}  // namespace verge
