#include "compiler/passes/members.hpp"

#include <cstring>

#include "operators/rule.hpp"

namespace verge::compiler {
namespace {

const Field* find_member(const graph::Node& node, std::string_view name) {
    for (const Field& field : row(node.op).rule->fields) {
        if (field.name == name && field.offset + sizeof(std::int32_t) <= node.attributes.size()) {
            return &field;
        }
    }
    return nullptr;
}

template <typename T>
T get(const graph::Node& node, std::string_view name) {
    T value{};
    if (const Field* field = find_member(node, name); field != nullptr) {
        std::memcpy(&value, node.attributes.data() + field->offset, sizeof value);
    }
    return value;
}

template <typename T>
void set(graph::Node& node, std::string_view name, T value) {
    if (const Field* field = find_member(node, name); field != nullptr) {
        std::memcpy(node.attributes.data() + field->offset, &value, sizeof value);
    }
}

}  // namespace

bool has_member(const graph::Node& node, std::string_view name) {
    return find_member(node, name) != nullptr;
}

std::int32_t get_int(const graph::Node& node, std::string_view name) {
    return get<std::int32_t>(node, name);
}

float get_float(const graph::Node& node, std::string_view name) {
    return get<float>(node, name);
}

void set_int(graph::Node& node, std::string_view name, std::int32_t value) {
    set(node, name, value);
}

void set_float(graph::Node& node, std::string_view name, float value) {
    set(node, name, value);
}

}  // namespace verge::compiler
