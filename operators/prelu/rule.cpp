// prelu: shapes, fields, and how far the output may lie over the input.

#include "operators/rule.hpp"

#include <array>

#include "operators/prelu/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(Prelu, input_offset),  VERGE_FIELD(Prelu, alpha_offset),
    VERGE_FIELD(Prelu, output_offset), VERGE_FIELD(Prelu, multiplier),
    VERGE_FIELD(Prelu, shift),         VERGE_FIELD(Prelu, alpha_multiplier),
    VERGE_FIELD(Prelu, alpha_shift),
};

std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    return input == 0 ? overlap_elementwise(call, 0) : std::nullopt;
}

}  // namespace

namespace rule {
const Rule prelu{.infer = infer_like_input, .overlap = overlap, .fields = kFields};
}  // namespace rule

}  // namespace verge
