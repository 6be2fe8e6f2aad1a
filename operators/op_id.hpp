#pragma once
// The identity of an operator: one number per line of operators.inc, forever.

#include <cstdint>

namespace verge {

enum class OpId : std::uint16_t {
#define VERGE_OPERATOR(id, folder, Struct) folder = (id),
#include "operators/operators.inc"
#undef VERGE_OPERATOR
};

}  // namespace verge
