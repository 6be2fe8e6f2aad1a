// minimum: shape, and how far the output may lie over an input.

#include "operators/rule.hpp"

#include <array>

#include "operators/broadcast_rule.hpp"
#include "operators/minimum/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {VERGE_FIELD(Minimum, reserved)};

}  // namespace

namespace rule {
const Rule minimum{
    .infer = infer_broadcast, .overlap = overlap_elementwise, .fields = kFields, .least_inputs = 2};
}  // namespace rule

}  // namespace verge
