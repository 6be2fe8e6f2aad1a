// floor_mod: shape, and how far the output may lie over an input.

#include "operators/rule.hpp"

#include <array>

#include "operators/broadcast_rule.hpp"
#include "operators/floor_mod/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {VERGE_FIELD(FloorMod, reserved)};

}  // namespace

namespace rule {
const Rule floor_mod{
    .infer = infer_broadcast, .overlap = overlap_elementwise, .fields = kFields, .least_inputs = 2};
}  // namespace rule

}  // namespace verge
