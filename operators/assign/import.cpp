// Variables from TensorFlow Lite: VAR_HANDLE, READ_VARIABLE, ASSIGN_VARIABLE, and the CALL_ONCE
// that gives them their first contents.

#include "operators/assign/op.hpp"
#include "operators/read_state/op.hpp"
#include "operators/requant.hpp"
#include "operators/tflite_wants.hpp"

namespace verge::import {
namespace {

using plan::Type;

std::string key_of(const tflite::VarHandleOptions& options) {
    return options.container + '\0' + options.shared_name;
}

/// The state that stands for a variable; new ones have no type until they are read or assigned.
graph::ValueId variable_of(TfliteSite& site, const tflite::VarHandleOptions& options) {
    const std::string key = key_of(options);
    const auto found = site.variables().find(key);
    if (found != site.variables().end()) {
        return found->second;
    }
    graph::Value variable;
    variable.name = options.shared_name;
    variable.kind = graph::ValueKind::state;
    const graph::ValueId id = site.graph().add(std::move(variable));
    site.variables().emplace(key, id);
    return id;
}

/// As the reference: zeros, or the zero point in every byte of an int8 variable.
void set_initial(graph::Value& variable) {
    const bool is_shifted =
        variable.type == Type::s8 && is_quantised(variable) && zero_point(variable) != 0;
    if (is_shifted && variable.constant.bytes().empty()) {
        const auto count =
            static_cast<std::size_t>(graph::byte_count(variable.type, variable.dims));
        variable.constant =
            graph::Constant(std::vector(count, static_cast<std::byte>(zero_point(variable))));
    }
}

/// What reads or assigns a variable has its type and size; the first that does decides them.
Done adopt(graph::Value& variable, const graph::Value& like) {
    if (variable.kind != graph::ValueKind::state) {
        return unsupported("'" + variable.name + "' is not a variable that the model names",
                           "a VAR_HANDLE before it is used");
    }
    if (variable.type == Type::none) {
        variable.type = like.type;
        variable.dims = like.dims;
        variable.quantisation = like.quantisation;
    }
    const bool is_alike = variable.type == like.type &&
                          graph::element_count(variable.dims) == graph::element_count(like.dims);
    const auto initial = static_cast<std::int64_t>(variable.constant.bytes().size());
    if (!is_alike || (initial != 0 && initial != graph::byte_count(like.type, like.dims))) {
        return bad_input("variable '" + variable.name + "' (" + graph::describe(variable) + ", " +
                             std::to_string(initial) + " bytes at first) is used as " +
                             graph::describe(like),
                         "one type and size wherever it is used");
    }
    set_initial(variable);
    return done();
}

/// The variable whose handle stands in tensor `tensor` of the initialising subgraph.
const tflite::VarHandleOptions* handle_of(const tflite::Subgraph& subgraph, std::int32_t tensor) {
    for (const tflite::Operator& op : subgraph.operators) {
        if (op.code == tflite::BuiltinOperator::VAR_HANDLE && op.outputs.size() == 1 &&
            op.outputs[0] == tensor) {
            return std::get_if<tflite::VarHandleOptions>(&op.options);
        }
    }
    return nullptr;
}

/// Runs one ASSIGN_VARIABLE of the initialising subgraph now: its value must be a constant.
Done initialise(TfliteSite& site, const tflite::Subgraph& subgraph, const tflite::Operator& op) {
    const bool has_operands = op.inputs.size() == 2 && op.inputs[1] != tflite::kNoTensor;
    const auto* handle = has_operands ? handle_of(subgraph, op.inputs[0]) : nullptr;
    if (handle == nullptr) {
        return unsupported("CALL_ONCE assigns to something that is not a variable", "a VAR_HANDLE");
    }
    const tflite::Tensor& value = subgraph.tensors[static_cast<std::size_t>(op.inputs[1])];
    if (!value.is_constant()) {
        return unsupported(
            "CALL_ONCE assigns a computed value to variable '" + handle->shared_name + "'",
            "a constant");
    }
    site.graph()[variable_of(site, *handle)].constant =
        graph::Constant(std::vector(value.data.begin(), value.data.end()));
    return done();
}

}  // namespace

Done var_handle(TfliteSite& site) {
    VERGE_CHECK(want_operands(site, 0, 1));
    site.alias(0, variable_of(site, site.options<tflite::VarHandleOptions>()));
    return done();
}

Done read_variable(TfliteSite& site) {
    VERGE_CHECK(want_operands(site, 1, 1));
    VERGE_CHECK(adopt(site.graph()[site.input(0)], site.out()));
    site.emit(OpId::read_state, {site.input(0)}, {site.output()}, ReadState{});
    return done();
}

Done assign_variable(TfliteSite& site) {
    VERGE_CHECK(want_operands(site, 2, 0));
    VERGE_CHECK(adopt(site.graph()[site.input(0)], site.in(1)));
    site.emit(OpId::assign, {site.input(1)}, {site.input(0)}, Assign{});
    return done();
}

Done call_once(TfliteSite& site) {
    const auto index = site.options<tflite::CallOnceOptions>().init_subgraph_index;
    if (index < 0 || static_cast<std::size_t>(index) >= site.model().subgraphs.size()) {
        return bad_input("CALL_ONCE names subgraph " + std::to_string(index),
                         "one of " + std::to_string(site.model().subgraphs.size()));
    }
    const tflite::Subgraph& subgraph = site.model().subgraphs[static_cast<std::size_t>(index)];
    for (const tflite::Operator& op : subgraph.operators) {
        if (op.code == tflite::BuiltinOperator::ASSIGN_VARIABLE) {
            VERGE_CHECK(initialise(site, subgraph, op));
        } else if (op.code != tflite::BuiltinOperator::VAR_HANDLE) {
            return unsupported("CALL_ONCE runs " + op.name(),
                               "assignments of constants to variables");
        }
    }
    return done();
}

}  // namespace verge::import
