// div: shape, fields, and how far the output may lie over an input.

#include "operators/rule.hpp"

#include <array>

#include "operators/broadcast_rule.hpp"
#include "operators/div/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(Div, input1_offset), VERGE_FIELD(Div, input2_offset),
    VERGE_FIELD(Div, output_offset), VERGE_FIELD(Div, multiplier),
    VERGE_FIELD(Div, shift),         VERGE_FIELD(Div, clamp_min),
    VERGE_FIELD(Div, clamp_max),     VERGE_FIELD(Div, float_min),
    VERGE_FIELD(Div, float_max),
};

}  // namespace

namespace rule {
const Rule div{
    .infer = infer_broadcast, .overlap = overlap_elementwise, .fields = kFields, .least_inputs = 2};
}  // namespace rule

}  // namespace verge
