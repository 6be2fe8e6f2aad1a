#include "compiler/import.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/passes/fold_constants.hpp"
#include "operators/tflite_site.hpp"

namespace verge::compiler {
namespace {

using plan::Type;

constexpr std::array kTypes = {
    std::pair{tflite::TensorType::float32, Type::f32},
    std::pair{tflite::TensorType::float16, Type::f16},
    std::pair{tflite::TensorType::int32, Type::s32},
    std::pair{tflite::TensorType::uint8, Type::u8},
    std::pair{tflite::TensorType::int64, Type::s64},
    std::pair{tflite::TensorType::boolean, Type::b8},
    std::pair{tflite::TensorType::int16, Type::s16},
    std::pair{tflite::TensorType::int8, Type::s8},
    std::pair{tflite::TensorType::float64, Type::f64},
    std::pair{tflite::TensorType::uint64, Type::u64},
    std::pair{tflite::TensorType::uint32, Type::u32},
    std::pair{tflite::TensorType::uint16, Type::u16},
    std::pair{tflite::TensorType::int4, Type::s4},
};

/// none for strings, resources and others that no kernel computes with.
Type type_of(tflite::TensorType type) {
    for (const auto& [theirs, ours] : kTypes) {
        if (theirs == type) {
            return ours;
        }
    }
    return Type::none;
}

graph::Quantisation quantisation_of(const tflite::Tensor& tensor) {
    graph::Quantisation q;
    q.scales = tensor.quantisation.scales;
    q.axis = tensor.quantisation.axis;
    for (const std::int64_t zero : tensor.quantisation.zero_points) {
        // Importers refuse what is far out of range; wrapped around it might look like a usable
        // one.
        constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
        q.zero_points.push_back(static_cast<std::int32_t>(std::clamp(zero, -kMost, kMost)));
    }
    if (!q.scales.empty() && q.zero_points.size() != q.scales.size()) {
        q.zero_points.resize(q.scales.size(), q.zero_points.empty() ? 0 : q.zero_points[0]);
    }
    return q;
}

class TfliteImporter {
public:
    TfliteImporter(const tflite::Model& model, std::shared_ptr<const void> owner)
        : model_(model), subgraph_(model.subgraphs[0]), owner_(std::move(owner)) {}

    Outcome<graph::Graph> run() {
        add_values();
        import_operators();
        if (!missing_.empty()) {
            return report();
        }
        for (const std::int32_t output : subgraph_.outputs) {
            graph_.outputs.push_back(values_[static_cast<std::size_t>(output)]);
        }
        if (first_bad_.has_value()) {
            return std::move(*first_bad_);
        }
        return std::move(graph_);
    }

    [[nodiscard]] Survey survey() {
        add_values();
        import_operators();
        for (const std::int32_t output : subgraph_.outputs) {
            graph_.outputs.push_back(values_[static_cast<std::size_t>(output)]);
        }
        return {std::move(graph_), std::move(operator_of_node_), std::move(missing_),
                std::move(bad_)};
    }

private:
    void add_values() {
        graph_.name = subgraph_.name;
        for (const tflite::Tensor& tensor : subgraph_.tensors) {
            graph::Value value;
            value.name = tensor.name;
            value.type = type_of(tensor.type);
            value.dims = tensor.shape;
            value.quantisation = quantisation_of(tensor);
            if (tensor.is_constant()) {
                value.kind = graph::ValueKind::constant;
                value.constant = graph::Constant(tensor.data, owner_);
            } else if (tensor.is_variable) {
                value.kind = graph::ValueKind::state;
            }
            values_.push_back(graph_.add(std::move(value)));
        }
        for (const std::int32_t input : subgraph_.inputs) {
            graph_.inputs.push_back(values_[static_cast<std::size_t>(input)]);
        }
    }

    void import_operators() {
        for (std::size_t i = 0; i < subgraph_.operators.size(); ++i) {
            import_operator(i);
            operator_of_node_.resize(graph_.nodes.size(), i);
        }
    }

    void import_operator(std::size_t index) {
        const tflite::Operator& op = subgraph_.operators[index];
        const std::string name = op.name();
        const TfliteImport import = find_tflite_import(name);
        if (import == nullptr) {
            missing_.push_back({index, "there is no such operator in this version"});
            return;
        }
        if (const tflite::Tensor* foreign = foreign_operand(op)) {
            missing_.push_back({index, "'" + foreign->name + "' is " +
                                           tflite::type_name(foreign->type) +
                                           ", which no kernel computes with"});
            return;
        }
        if (Done sound = check_operands(op); !sound.ok()) {
            add_bad(index, std::move(sound).error());
            return;
        }
        const std::string label =
            op.outputs.empty() ? name
                               : subgraph_.tensors[static_cast<std::size_t>(op.outputs[0])].name;
        TfliteSite site({model_, subgraph_, graph_, values_, variables_}, op, label);
        const std::size_t before = graph_.nodes.size();
        Done result = import(site);
        if (result.ok()) {
            fold_shape_arithmetic(before);
            return;
        }
        Error error = std::move(result).error();
        if (error.code == Code::unsupported) {
            missing_.push_back({index, error.message()});
        } else {
            add_bad(index, std::move(error));
        }
    }

    void add_bad(std::size_t index, Error error) {
        bad_.push_back({index, error.message()});
        if (!first_bad_.has_value()) {
            first_bad_ = std::move(error).within(place(index));
        }
    }

    /// A tensor whose type no kernel computes with; nullptr when there is none. Resources are not
    /// data: they stand for variables.
    [[nodiscard]] const tflite::Tensor* foreign_operand(const tflite::Operator& op) const {
        for (const auto& operands : {op.inputs, op.outputs}) {
            for (const std::int32_t operand : operands) {
                if (operand == tflite::kNoTensor) {
                    continue;
                }
                const auto& tensor = subgraph_.tensors[static_cast<std::size_t>(operand)];
                if (type_of(tensor.type) == Type::none &&
                    tensor.type != tflite::TensorType::resource) {
                    return &tensor;
                }
            }
        }
        return nullptr;
    }

    /// Importers take outputs for granted and divide by sizes. Only a list behind the first operand
    /// may be empty: the shape of a scalar.
    [[nodiscard]] Done check_operands(const tflite::Operator& op) const {
        for (std::size_t i = 0; i < op.inputs.size(); ++i) {
            if (op.inputs[i] != tflite::kNoTensor) {
                VERGE_CHECK(check_size(op.inputs[i], i > 0));
            }
        }
        for (const std::int32_t output : op.outputs) {
            if (output == tflite::kNoTensor) {
                return bad_input("an output is absent", "a tensor");
            }
            VERGE_CHECK(check_size(output, false));
        }
        return done();
    }

    [[nodiscard]] Done check_size(std::int32_t tensor, bool may_be_empty) const {
        const graph::Value& value = graph_[values_[static_cast<std::size_t>(tensor)]];
        const bool is_empty_list = value.dims.size() == 1 && value.dims[0] == 0;
        const bool is_sized =
            std::ranges::all_of(value.dims, [](std::int64_t dim) { return dim > 0; });
        return is_sized || (may_be_empty && is_empty_list)
                   ? done()
                   : Done(bad_input("'" + value.name + "' is " + graph::describe(value),
                                    "dimensions of 1 or more"));
    }

    /// Importers want shapes and axes as constants; converters compute some of them by operators.
    /// So small nodes on constants are folded as they come.
    void fold_shape_arithmetic(std::size_t first) {
        for (std::size_t i = first; i < graph_.nodes.size();) {
            const graph::Node node = graph_.nodes[i];
            if (is_small(node) && fold_node(graph_, node)) {
                graph_.nodes.erase(graph_.nodes.begin() + static_cast<std::ptrdiff_t>(i));
            } else {
                ++i;
            }
        }
    }

    [[nodiscard]] bool is_small(const graph::Node& node) const {
        constexpr std::int64_t kMost = 64;
        const auto is_few = [&](graph::ValueId id) {
            return id == graph::kNoValue ||
                   (graph_[id].dims.size() <= 2 && graph::element_count(graph_[id].dims) <= kMost);
        };
        return std::ranges::all_of(node.inputs, is_few) &&
               std::ranges::all_of(node.outputs, is_few);
    }

    [[nodiscard]] std::string place(std::size_t index) const {
        return "operator " + std::to_string(index) + " (" + subgraph_.operators[index].name() + ")";
    }

    [[nodiscard]] std::string describe(std::size_t index) const {
        const tflite::Operator& op = subgraph_.operators[index];
        std::string text = place(index) + " version " + std::to_string(op.version) + " (";
        for (std::size_t i = 0; i < op.inputs.size(); ++i) {
            const bool is_there = op.inputs[i] != tflite::kNoTensor;
            text += i == 0 ? "" : ", ";
            text += is_there ? tflite::type_name(
                                   subgraph_.tensors[static_cast<std::size_t>(op.inputs[i])].type)
                             : "-";
        }
        return text + ")";
    }

    Error report() {
        std::string all;
        for (const Unsupported& one : missing_) {
            all += "\n  " + describe(one.index) + ": " + one.reason;
        }
        return unsupported(std::to_string(missing_.size()) + " of " +
                               std::to_string(subgraph_.operators.size()) +
                               " operators cannot be run:" + all,
                           "operators that docs/operators.md lists",
                           "replace them in the training code, or ask for them");
    }

    const tflite::Model& model_;
    const tflite::Subgraph& subgraph_;
    std::shared_ptr<const void> owner_;
    graph::Graph graph_;
    std::vector<graph::ValueId> values_;
    std::map<std::string, graph::ValueId> variables_;
    std::vector<std::size_t> operator_of_node_;
    std::vector<Unsupported> missing_;
    std::vector<Unsupported> bad_;
    std::optional<Error> first_bad_;
};

}  // namespace

Outcome<graph::Graph> import_tflite(const tflite::Model& model,
                                    const std::shared_ptr<const void>& owner) {
    return TfliteImporter(model, owner).run();
}

std::vector<Unsupported> find_unsupported(const tflite::Model& model) {
    return survey_tflite(model, nullptr).missing;
}

Survey survey_tflite(const tflite::Model& model, const std::shared_ptr<const void>& owner) {
    return TfliteImporter(model, owner).survey();
}

}  // namespace verge::compiler
