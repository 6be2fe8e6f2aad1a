// The text form, written.

#include "graph/text.hpp"

#include <algorithm>
#include <cstring>
#include <map>

#include "graph/constant_text.hpp"
#include "graph/text_scan.hpp"

namespace verge::graph {
namespace {

constexpr std::size_t kBriefElements = 64;
constexpr std::string_view kHexDigits = "0123456789abcdef";

template <typename List, typename Print>
std::string join(const List& list, Print print_one) {
    std::string text;
    for (const auto& item : list) {
        text += text.empty() ? "" : ", ";
        text += print_one(item);
    }
    return text;
}

template <typename List, typename Print>
std::string brackets(const List& list, Print print_one) {
    return "[" + join(list, print_one) + "]";
}

std::string print_quantisation(const Quantisation& q) {
    const auto integer = [](std::int32_t value) { return std::to_string(value); };
    std::string text;
    if (q.scales.size() == 1) {
        text += " scale " + print_float(q.scales[0]);
    } else if (!q.scales.empty()) {
        text += " scales " + brackets(q.scales, print_float);
    }
    if (q.zero_points.size() == 1) {
        text += " zero " + std::to_string(q.zero_points[0]);
    } else if (!q.zero_points.empty()) {
        text += " zeros " + brackets(q.zero_points, integer);
    }
    return q.axis == 0 ? text : text + " axis " + std::to_string(q.axis);
}

std::string print_elements(const Value& value, ConstantText how) {
    const auto bytes = value.constant.bytes();
    const auto count = static_cast<std::size_t>(element_count(value.dims));
    if (bytes.empty() ||
        std::ranges::all_of(bytes, [](std::byte b) { return b == std::byte{0}; })) {
        return "zeros";
    }
    const bool is_broken =
        bytes.size() != static_cast<std::size_t>(byte_count(value.type, value.dims));
    if (is_broken || (count > kBriefElements && how == ConstantText::brief)) {
        std::string text = "hash 0x";
        const std::uint64_t hash = hash_bytes(bytes);
        for (unsigned shift = 64; shift > 0; shift -= 4) {
            text += kHexDigits[hash >> (shift - 4) & 0xfU];
        }
        return text;
    }
    std::string text = "[";
    for (std::size_t i = 0; i < count; ++i) {
        text += i == 0 ? "" : ", ";
        print_element(text, value.type, bytes, i);
    }
    return text + "]";
}

std::string print_member(const Field& field, const std::byte* at) {
    if (field.kind == Field::Kind::f32) {
        float value = 0;
        std::memcpy(&value, at, 4);
        return print_float(value);
    }
    std::int32_t value = 0;
    std::memcpy(&value, at, 4);
    return std::to_string(value);
}

/// True when every byte that is not 0 belongs to a member, so that the members say it all.
bool says_it_all(const OperatorText& op, std::span<const std::byte> attributes) {
    std::vector<std::byte> rest(attributes.begin(), attributes.end());
    if (rest.size() != op.attribute_bytes()) {
        return false;
    }
    for (const Field& field : op.fields) {
        std::fill_n(rest.begin() + static_cast<std::ptrdiff_t>(field.offset), field.count * 4,
                    std::byte{0});
    }
    return std::ranges::all_of(rest, [](std::byte b) { return b == std::byte{0}; });
}

std::string print_bytes(std::span<const std::byte> bytes) {
    std::string text = " {bytes=";
    for (const std::byte byte : bytes) {
        text += kHexDigits[static_cast<unsigned>(byte) >> 4U];
        text += kHexDigits[static_cast<unsigned>(byte) & 0xfU];
    }
    return text + "}";
}

std::string print_attributes(const OperatorText& op, std::span<const std::byte> attributes) {
    if (!says_it_all(op, attributes)) {
        return print_bytes(attributes);
    }
    std::string text;
    for (const Field& field : op.fields) {
        const auto bytes = attributes.subspan(field.offset, field.count * 4);
        if (std::ranges::all_of(bytes, [](std::byte b) { return b == std::byte{0}; })) {
            continue;
        }
        std::vector<std::string> members;
        for (std::size_t i = 0; i < field.count; ++i) {
            members.push_back(print_member(field, bytes.data() + i * 4));
        }
        text += text.empty() ? "" : ", ";
        text += std::string(field.name) + "=";
        text += field.count == 1 ? members[0]
                                 : brackets(members, [](const std::string& m) { return m; });
    }
    return text.empty() ? "" : " {" + text + "}";
}

class Printer {
public:
    Printer(const Graph& graph, std::span<const OperatorText> operators, ConstantText constants)
        : graph_(graph), operators_(operators), constants_(constants) {
        order_values();
    }

    std::string text() const {
        std::string text = graph_.name.empty() ? "" : "graph " + quote(graph_.name) + "\n";
        for (const auto& [key, value] : graph_.metadata) {
            text += "meta " + quote(key) + " " + quote(value) + "\n";
        }
        for (const ValueId id : order_) {
            if (graph_[id].kind != ValueKind::activation) {
                text += (graph_[id].is_constant() ? "const " : "state ") + declare(id) + " = " +
                        print_elements(graph_[id], constants_) + "\n";
            } else if (std::ranges::find(graph_.inputs, id) != graph_.inputs.end()) {
                text += "input " + declare(id) + "\n";
            }
        }
        for (const Node& node : graph_.nodes) {
            text += print_node(node) + "\n";
        }
        for (const ValueId id : graph_.outputs) {
            text += "output " + name(id) + "\n";
        }
        return text;
    }

private:
    bool exists(ValueId id) const { return index(id) < graph_.value_count(); }

    void place(ValueId id) {
        if (exists(id) && places_.try_emplace(id, order_.size()).second) {
            order_.push_back(id);
            ++uses_of_name_[graph_[id].name];
        }
    }

    /// Inputs, constants, states, then what the nodes make: the order in which parse() meets them.
    void order_values() {
        std::ranges::for_each(graph_.inputs, [&](ValueId id) { place(id); });
        for (const ValueKind kind : {ValueKind::constant, ValueKind::state}) {
            for (std::uint32_t i = 0; i < graph_.value_count(); ++i) {
                if (graph_[ValueId{i}].kind == kind) {
                    place(ValueId{i});
                }
            }
        }
        for (const Node& node : graph_.nodes) {
            std::ranges::for_each(node.outputs, [&](ValueId id) { place(id); });
        }
    }

    std::string name(ValueId id) const {
        if (id == kNoValue) {
            return "_";
        }
        const auto place = places_.find(id);
        if (place == places_.end()) {
            return "\"\"%" + std::to_string(index(id));
        }
        const std::string& given = graph_[id].name;
        const bool is_unique = !given.empty() && uses_of_name_.at(given) == 1;
        return quote(given) + (is_unique ? "" : "%" + std::to_string(place->second));
    }

    std::string declare(ValueId id) const {
        return name(id) + ": " + describe(graph_[id]) + print_quantisation(graph_[id].quantisation);
    }

    std::string print_node(const Node& node) const {
        const auto* op = std::ranges::find(operators_, node.op, &OperatorText::id).base();
        const bool is_known = op != operators_.data() + operators_.size();
        const auto declare_output = [&](ValueId id) {
            return !exists(id) || graph_[id].kind != ValueKind::activation ? name(id) : declare(id);
        };
        std::string text = join(node.outputs, declare_output);
        text += text.empty() ? "= " : " = ";
        text += is_known ? std::string(op->name)
                         : "unknown" + std::to_string(static_cast<int>(node.op));
        text += "(" + join(node.inputs, [&](ValueId id) { return name(id); }) + ")";
        if (!node.attributes.empty()) {
            text +=
                is_known ? print_attributes(*op, node.attributes) : print_bytes(node.attributes);
        }
        return node.name.empty() ? text : text + " named " + quote(node.name);
    }

    const Graph& graph_;
    std::span<const OperatorText> operators_;
    ConstantText constants_;
    std::vector<ValueId> order_;
    std::map<ValueId, std::size_t> places_;
    std::map<std::string_view, int> uses_of_name_;
};

}  // namespace

std::string print(const Graph& graph,
                  std::span<const OperatorText> operators,
                  ConstantText constants) {
    return Printer(graph, operators, constants).text();
}

}  // namespace verge::graph
