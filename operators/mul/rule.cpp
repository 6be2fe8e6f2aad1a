// mul: shape, fields, and how far the output may lie over an input.

#include "operators/rule.hpp"

#include <array>

#include "operators/broadcast_rule.hpp"
#include "operators/mul/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(Mul, input1_offset), VERGE_FIELD(Mul, input2_offset),
    VERGE_FIELD(Mul, output_offset), VERGE_FIELD(Mul, multiplier),
    VERGE_FIELD(Mul, shift),         VERGE_FIELD(Mul, clamp_min),
    VERGE_FIELD(Mul, clamp_max),     VERGE_FIELD(Mul, float_min),
    VERGE_FIELD(Mul, float_max),
};

}  // namespace

namespace rule {
const Rule mul{
    .infer = infer_broadcast, .overlap = overlap_elementwise, .fields = kFields, .least_inputs = 2};
}  // namespace rule

}  // namespace verge
