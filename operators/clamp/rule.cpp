// clamp: shapes, fields, and how far the output may lie over the input.

#include "operators/rule.hpp"

#include <array>

#include "operators/clamp/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(Clamp, input_offset), VERGE_FIELD(Clamp, output_offset),
    VERGE_FIELD(Clamp, multiplier),   VERGE_FIELD(Clamp, shift),
    VERGE_FIELD(Clamp, clamp_min),    VERGE_FIELD(Clamp, clamp_max),
    VERGE_FIELD(Clamp, float_min),    VERGE_FIELD(Clamp, float_max),
};

std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    return input == 0 ? overlap_elementwise(call, 0) : std::nullopt;
}

}  // namespace

namespace rule {
const Rule clamp{.infer = infer_like_input, .overlap = overlap, .fields = kFields};
}  // namespace rule

}  // namespace verge
