// leaky_relu: shapes, fields, and how far the output may lie over the input.

#include "operators/rule.hpp"

#include <array>

#include "operators/leaky_relu/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(LeakyRelu, alpha),         VERGE_FIELD(LeakyRelu, input_offset),
    VERGE_FIELD(LeakyRelu, output_offset), VERGE_FIELD(LeakyRelu, multiplier),
    VERGE_FIELD(LeakyRelu, shift),         VERGE_FIELD(LeakyRelu, alpha_multiplier),
    VERGE_FIELD(LeakyRelu, alpha_shift),
};

std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    return input == 0 ? overlap_elementwise(call, 0) : std::nullopt;
}

}  // namespace

namespace rule {
const Rule leaky_relu{.infer = infer_like_input, .overlap = overlap, .fields = kFields};
}  // namespace rule

}  // namespace verge
