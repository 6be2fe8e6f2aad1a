// logistic: shapes, fields, and how far the output may lie over the input.

#include "operators/rule.hpp"

#include <array>

#include "operators/logistic/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(Logistic, input_multiplier),
    VERGE_FIELD(Logistic, input_shift),
};

std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    return input == 0 ? overlap_elementwise(call, 0) : std::nullopt;
}

}  // namespace

namespace rule {
const Rule logistic{.infer = infer_like_input, .overlap = overlap, .fields = kFields};
}  // namespace rule

}  // namespace verge
