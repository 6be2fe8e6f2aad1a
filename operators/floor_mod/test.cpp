// floor_mod: check and kernels.

#include <cmath>

#include <gtest/gtest.h>

#include "operators/floor_mod/op.hpp"
#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"

namespace verge {
namespace {

using test::OneStep;

template <typename T>
OneStep make_step(const std::vector<T>& x, const std::vector<T>& divisor) {
    const auto count = static_cast<std::uint32_t>(x.size());
    return {OpId::floor_mod,
            FloorMod{},
            {test::input({count}, x), test::input({count}, divisor)},
            {test::output(test::type_of<T>(), {count})}};
}

TEST(FloorMod, HasTheSignOfTheDivisor) {
    EXPECT_EQ(make_step<std::int32_t>({7, -7, 7, -7, 6}, {3, 3, -3, -3, 3}).run<std::int32_t>(),
              (std::vector<std::int32_t>{1, 2, -2, -1, 0}));
    EXPECT_EQ(make_step<float>({7.5F, -7.5F, 7.5F, -7.5F}, {2, 2, -2, -2}).run<float>(),
              (std::vector<float>{1.5F, 0.5F, -0.5F, -1.5F}));
}

TEST(FloorMod, OfInt32NeverTraps) {
    EXPECT_EQ(make_step<std::int32_t>({7, -2147483647 - 1}, {0, -1}).run<std::int32_t>(),
              (std::vector<std::int32_t>{0, 0}));
}

/// The reference's own words, over the C library's fmod.
float wanted(float x, float divisor) {
    const float rest = std::fmod(x, divisor);
    return rest != 0.0F && (divisor < 0.0F) != (rest < 0.0F) ? rest + divisor : rest;
}

TEST(FloorMod, OfFloatsIsTheLibrarysRemainderBitForBit) {
    test::Random random(5);
    std::vector<float> x(20000);
    std::vector<float> divisor(20000);
    for (std::size_t i = 0; i < x.size(); ++i) {
        const std::uint32_t a = random.next() << 8U ^ random.next();
        const std::uint32_t b = random.next() << 8U ^ random.next();
        std::memcpy(&x[i], &a, sizeof(a));
        std::memcpy(&divisor[i], &b, sizeof(b));
    }
    const auto found = make_step(x, divisor).run<float>();
    for (std::size_t i = 0; i < x.size(); ++i) {
        const float right = wanted(x[i], divisor[i]);
        EXPECT_TRUE(found[i] == right || (std::isnan(found[i]) && std::isnan(right)))
            << x[i] << " by " << divisor[i];
    }
}

TEST(FloorMod, CheckRefusesUnlikeOperands) {
    OneStep step = make_step<float>({1, 2}, {3, 4});
    EXPECT_TRUE(step.check().ok());
    step.draft().tensors[1].dims[0] = 3;
    EXPECT_FALSE(step.check().ok());
}

}  // namespace
}  // namespace verge
