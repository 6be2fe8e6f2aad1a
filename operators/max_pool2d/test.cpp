// max_pool2d: what is its own; average_pool2d/test.cpp tests what the two share.

#include <gtest/gtest.h>

#include "operators/max_pool2d/op.hpp"
#include "operators/test_support.hpp"

namespace verge {
namespace {

TEST(MaxPool2d, OfFloatsBelowZeroGivesTheGreatestAndNeverThePadding) {
    const Pool2D a{1, 1, 3, 3, 1, 1, 0, 0, -1e9F, 1e9F};
    const test::OneStep step(OpId::max_pool2d, a,
                             {test::input<float>({1, 2, 2, 1}, {-4, -3, -2, -5})},
                             {test::output(plan::Type::f32, {1, 2, 2, 1})});
    EXPECT_EQ(step.run<float>(), (std::vector<float>{-2, -2, -2, -2}));
}

}  // namespace
}  // namespace verge
