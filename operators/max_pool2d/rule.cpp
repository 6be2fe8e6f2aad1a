// max_pool2d: shapes, fields, and how far the output may lie over the input.

#include "operators/average_pool2d/rule.hpp"

namespace verge::rule {
const Rule max_pool2d{.infer = infer_pool2d, .overlap = overlap_pool2d, .fields = kPool2DFields};
}  // namespace verge::rule
