// dequantize: import, check and kernels.

#include <cmath>

#include <gtest/gtest.h>

#include "operators/dequantize/op.hpp"
#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"

namespace verge {
namespace {

using test::OneStep;
using tflite::TensorType;

template <typename T>
std::vector<float> dequantised(TensorType type,
                               const tflite::Quantisation& q,
                               const std::vector<std::int64_t>& shape,
                               const std::vector<T>& x) {
    tflite::ModelBuilder builder;
    const auto from = builder.add_tensor("x", type, shape, q);
    const auto to = builder.add_tensor("y", TensorType::float32, shape);
    builder.add_operator(tflite::BuiltinOperator::DEQUANTIZE, {from}, {to});
    builder.set_inputs({from});
    builder.set_outputs({to});
    return test::run_model<float>(builder.model(), x);
}

TEST(Dequantize, RoundsTheProductOnce) {
    const auto q = tflite::per_tensor(0.013F, -3);
    const auto found = dequantised<std::int8_t>(TensorType::int8, q, {4}, {-128, -3, 0, 127});
    const double scale = 0.013F;
    EXPECT_EQ(found,
              (std::vector<float>{static_cast<float>(scale * -125), 0,
                                  static_cast<float>(scale * 3), static_cast<float>(scale * 130)}));
    EXPECT_EQ(dequantised<std::uint8_t>(TensorType::uint8, tflite::per_tensor(0.5F, 128), {3},
                                        {0, 128, 255}),
              (std::vector<float>{-64, 0, 63.5F}));
    EXPECT_EQ(dequantised<std::int16_t>(TensorType::int16, tflite::per_tensor(0.25F, 0), {2},
                                        {-32768, 32767}),
              (std::vector<float>{-8192, 8191.75F}));
    EXPECT_EQ(
        dequantised<std::int32_t>(TensorType::int32, tflite::per_tensor(3.0F, 0), {1}, {16777217}),
        (std::vector<float>{static_cast<float>(3.0 * 16777217)}));
}

TEST(Dequantize, TakesAScaleForEachIndexOfAnAxis) {
    const auto q = tflite::per_axis({0.5F, 2.0F}, 1);
    EXPECT_EQ(dequantised<std::int8_t>(TensorType::int8, q, {2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8}),
              (std::vector<float>{0.5F, 1, 6, 8, 2.5F, 3, 14, 16}));
}

TEST(Dequantize, HalvesAreExactForAllBits) {
    std::vector<std::uint16_t> x(65536);
    for (std::uint32_t i = 0; i < 65536; ++i) {
        x[i] = static_cast<std::uint16_t>(i);
    }
    test::Operand input = test::input({65536}, x);
    input.type = plan::Type::f16;
    const OneStep step(OpId::dequantize, Dequantize{}, {input},
                       {test::output(plan::Type::f32, {65536})});
    const auto found = step.run<float>();
    for (std::uint32_t i = 0; i < 65536; ++i) {
        const std::uint32_t exponent = i >> 10U & 31U;
        const double fraction = (i & 1023U) / 1024.0;
        const double sign = (i & 32768U) != 0 ? -1 : 1;
        if (exponent == 31) {
            EXPECT_EQ(std::isnan(found[i]), fraction != 0) << i;
            continue;
        }
        const double wanted = exponent == 0
                                  ? std::ldexp(fraction, -14)
                                  : std::ldexp(1 + fraction, static_cast<int>(exponent) - 15);
        EXPECT_EQ(static_cast<double>(found[i]), sign * wanted) << i;
        EXPECT_EQ(std::signbit(found[i]), sign < 0) << i;
    }
}

TEST(Dequantize, CheckRefusesScalesThatAreTooFew) {
    const auto refuses = [](std::int32_t axis, std::uint32_t scales) {
        Dequantize a{};
        a.axis = axis;
        const OneStep step(OpId::dequantize, a,
                           {test::input<std::int8_t>({2, 3}, {1, 2, 3, 4, 5, 6}),
                            test::constant({scales}, std::vector<float>(scales)),
                            test::constant({3}, std::vector<std::int32_t>(3))},
                           {test::output(plan::Type::f32, {2, 3})});
        return !step.check().ok();
    };
    EXPECT_FALSE(refuses(1, 3));
    EXPECT_TRUE(refuses(1, 2));
    EXPECT_TRUE(refuses(0, 3));
    EXPECT_TRUE(refuses(-1, 3));
    EXPECT_TRUE(refuses(2, 3));
}

}  // namespace
}  // namespace verge
