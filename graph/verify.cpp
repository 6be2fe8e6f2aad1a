#include "graph/verify.hpp"

#include <algorithm>
#include <set>

namespace verge::graph {
namespace {

constexpr std::int64_t kMostBytes = (std::int64_t{1} << 31) - 1;

std::string name_of(const Value& value) {
    return "'" + value.name + "' " + describe(value);
}

Done verify_size(const Value& value) {
    if (value.type == Type::none || value.type == Type::any) {
        return bad_input(name_of(value) + " has no element type");
    }
    std::int64_t bytes = plan::element_bytes(value.type);
    for (const std::int64_t dim : value.dims) {
        if (dim < 1) {
            return bad_input(name_of(value) + " has a dimension of " + std::to_string(dim),
                             "1 or more");
        }
        if (bytes > kMostBytes / dim) {
            return bad_input(name_of(value) + " is too large", "less than 2^31 bytes");
        }
        bytes *= dim;
    }
    return done();
}

Done verify_quantisation(const Value& value) {
    const Quantisation& q = value.quantisation;
    if (q.scales.empty()) {
        return q.zero_points.empty()
                   ? done()
                   : Done(bad_input(name_of(value) + " has zero points but no scales"));
    }
    const std::size_t scales = q.scales.size();
    if (q.zero_points.size() > scales ||
        (q.zero_points.size() > 1 && q.zero_points.size() != scales)) {
        return bad_input(name_of(value) + " has " + std::to_string(scales) + " scales and " +
                             std::to_string(q.zero_points.size()) + " zero points",
                         "as many zero points, or one");
    }
    if (scales == 1) {
        return done();
    }
    const auto rank = static_cast<std::int32_t>(value.dims.size());
    if (q.axis < 0 || q.axis >= rank ||
        value.dims[static_cast<std::size_t>(q.axis)] != static_cast<std::int64_t>(scales)) {
        return bad_input(name_of(value) + " has " + std::to_string(scales) + " scales along axis " +
                             std::to_string(q.axis),
                         "one scale, or one per index of the axis");
    }
    return done();
}

Done verify_value(const Value& value) {
    VERGE_CHECK(verify_size(value));
    VERGE_CHECK(verify_quantisation(value));
    const std::size_t found = value.constant.bytes().size();
    const auto wanted = static_cast<std::size_t>(byte_count(value.type, value.dims));
    const bool may_be_empty = value.kind != ValueKind::constant;
    if (found != wanted && !(may_be_empty && found == 0)) {
        return bad_input(name_of(value) + " has " + std::to_string(found) + " bytes",
                         std::to_string(wanted) + " bytes");
    }
    return done();
}

class Verifier {
public:
    explicit Verifier(const Graph& graph) : graph_(graph), is_made_(graph.value_count()) {}

    Done run() {
        for (const ValueId id : graph_.inputs) {
            VERGE_CHECK(verify_input(id));
        }
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            const Node& node = graph_.nodes[i];
            if (auto verified = verify_node(node); !verified.ok()) {
                return std::move(verified).error().within("node " + std::to_string(i) + " '" +
                                                          node.name + "' (" +
                                                          operator_name(node.op) + ")");
            }
        }
        for (const ValueId id : graph_.outputs) {
            VERGE_CHECK(verify_output(id));
        }
        return done();
    }

private:
    [[nodiscard]] bool exists(ValueId id) const { return index(id) < graph_.value_count(); }

    Done verify_input(ValueId id) {
        if (!exists(id) || graph_[id].kind != ValueKind::activation) {
            return bad_input("input " + std::to_string(index(id)) +
                             " is no activation of the graph");
        }
        VERGE_CHECK(verify_value(graph_[id]));
        if (is_made_[index(id)]) {
            return bad_input(name_of(graph_[id]) + " is an input twice");
        }
        is_made_[index(id)] = true;
        return verify_name(graph_[id], input_names_, "inputs");
    }

    static Done verify_name(const Value& value,
                            std::set<std::string_view>& names,
                            const char* what) {
        const bool is_new = value.name.empty() || names.insert(value.name).second;
        return is_new ? done()
                      : Done(bad_input("two " + std::string(what) + " are named '" + value.name +
                                       "'"));
    }

    Done verify_read(ValueId id) const {
        if (!exists(id)) {
            return bad_input("reads value " + std::to_string(index(id)),
                             "one of the " + std::to_string(graph_.value_count()) + " values");
        }
        const Value& value = graph_[id];
        if (value.kind == ValueKind::activation && !is_made_[index(id)]) {
            return bad_input(name_of(value) + " is read before it is made");
        }
        return verify_value(value);
    }

    Done verify_write(ValueId id) {
        if (!exists(id)) {
            return bad_input("writes value " + std::to_string(index(id)),
                             "one of the " + std::to_string(graph_.value_count()) + " values");
        }
        const Value& value = graph_[id];
        if (value.kind == ValueKind::constant) {
            return bad_input("writes the constant " + name_of(value));
        }
        if (value.kind == ValueKind::activation && is_made_[index(id)]) {
            return bad_input(name_of(value) + " is made twice");
        }
        is_made_[index(id)] = true;
        return verify_value(value);
    }

    Done verify_node(const Node& node) {
        for (const ValueId id : node.inputs) {
            if (id != kNoValue) {
                VERGE_CHECK(verify_read(id));
            }
        }
        for (const ValueId id : node.outputs) {
            VERGE_CHECK(verify_write(id));
        }
        return done();
    }

    Done verify_output(ValueId id) {
        if (auto read = verify_read(id); !read.ok()) {
            return std::move(read).error().within("the outputs");
        }
        const bool is_new = outputs_.insert(id).second;
        return is_new ? verify_name(graph_[id], output_names_, "outputs") : done();
    }

    const Graph& graph_;
    std::vector<bool> is_made_;
    std::set<ValueId> outputs_;
    std::set<std::string_view> input_names_;
    std::set<std::string_view> output_names_;
};

}  // namespace

Done verify(const Graph& graph) {
    return Verifier(graph).run();
}

std::string operator_name(OpId op) {
    switch (op) {
#define VERGE_OPERATOR(id, folder, Struct) \
    case OpId::folder:                     \
        return #folder;
#include "operators/operators.inc"
#undef VERGE_OPERATOR
    }
    return "operator " + std::to_string(static_cast<int>(op));
}

}  // namespace verge::graph
