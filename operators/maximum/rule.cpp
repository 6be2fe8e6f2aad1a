// maximum: shape, and how far the output may lie over an input.

#include "operators/rule.hpp"

#include <array>

#include "operators/broadcast_rule.hpp"
#include "operators/maximum/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {VERGE_FIELD(Maximum, reserved)};

}  // namespace

namespace rule {
const Rule maximum{
    .infer = infer_broadcast, .overlap = overlap_elementwise, .fields = kFields, .least_inputs = 2};
}  // namespace rule

}  // namespace verge
