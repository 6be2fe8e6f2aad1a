// sub: shape, fields, and how far the output may lie over an input.

#include "operators/rule.hpp"

#include <array>

#include "operators/broadcast_rule.hpp"
#include "operators/sub/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(Sub, input1_offset),     VERGE_FIELD(Sub, input2_offset),
    VERGE_FIELD(Sub, output_offset),     VERGE_FIELD(Sub, left_shift),
    VERGE_FIELD(Sub, multiplier1),       VERGE_FIELD(Sub, shift1),
    VERGE_FIELD(Sub, multiplier2),       VERGE_FIELD(Sub, shift2),
    VERGE_FIELD(Sub, output_multiplier), VERGE_FIELD(Sub, output_shift),
    VERGE_FIELD(Sub, clamp_min),         VERGE_FIELD(Sub, clamp_max),
    VERGE_FIELD(Sub, float_min),         VERGE_FIELD(Sub, float_max),
};

}  // namespace

namespace rule {
const Rule sub{
    .infer = infer_broadcast, .overlap = overlap_elementwise, .fields = kFields, .least_inputs = 2};
}  // namespace rule

}  // namespace verge
