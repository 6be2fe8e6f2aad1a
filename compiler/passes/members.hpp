#pragma once
// Members of a node's attributes by name, for passes that treat several operators alike.

#include <cstdint>
#include <string_view>

#include "graph/graph.hpp"

namespace verge::compiler {

/// True when the operator's struct has the member.
[[nodiscard]] bool has_member(const graph::Node& node, std::string_view name);

/// 0 for a member that the struct does not have.
[[nodiscard]] std::int32_t get_int(const graph::Node& node, std::string_view name);
[[nodiscard]] float get_float(const graph::Node& node, std::string_view name);

/// Precondition: has_member.
void set_int(graph::Node& node, std::string_view name, std::int32_t value);
void set_float(graph::Node& node, std::string_view name, float value);

}  // namespace verge::compiler
