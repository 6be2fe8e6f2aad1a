// add: shape, fields, and how far the output may lie over an input.

#include "operators/rule.hpp"

#include <array>

#include "operators/add/op.hpp"
#include "operators/broadcast_rule.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(Add, input1_offset),     VERGE_FIELD(Add, input2_offset),
    VERGE_FIELD(Add, output_offset),     VERGE_FIELD(Add, left_shift),
    VERGE_FIELD(Add, multiplier1),       VERGE_FIELD(Add, shift1),
    VERGE_FIELD(Add, multiplier2),       VERGE_FIELD(Add, shift2),
    VERGE_FIELD(Add, output_multiplier), VERGE_FIELD(Add, output_shift),
    VERGE_FIELD(Add, clamp_min),         VERGE_FIELD(Add, clamp_max),
    VERGE_FIELD(Add, float_min),         VERGE_FIELD(Add, float_max),
};

}  // namespace

namespace rule {
const Rule add{
    .infer = infer_broadcast, .overlap = overlap_elementwise, .fields = kFields, .least_inputs = 2};
}  // namespace rule

}  // namespace verge
