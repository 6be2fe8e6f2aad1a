// quantize: import, check and kernels. The golden vectors are what TensorFlow Lite Micro (uint8:
// LiteRT's reference kernels) gave for the same one-operator models.

#include <limits>

#include <gtest/gtest.h>

#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"
#include "operators/quantize/op.hpp"

namespace verge {
namespace {

using test::OneStep;
using tflite::TensorType;

const std::vector<float> kReals = {-5.3F,  -1.005F, -0.015F, 0.0F, 0.005F,
                                   0.015F, 0.025F,  1.27F,   7.7F};

tflite::ModelBuilder make_model(TensorType from,
                                TensorType to,
                                std::size_t count,
                                const tflite::Quantisation& from_q,
                                const tflite::Quantisation& to_q) {
    tflite::ModelBuilder builder;
    const auto x = builder.add_tensor("x", from, {static_cast<std::int64_t>(count)}, from_q);
    const auto y = builder.add_tensor("y", to, {static_cast<std::int64_t>(count)}, to_q);
    builder.add_operator(tflite::BuiltinOperator::QUANTIZE, {x}, {y});
    builder.set_inputs({x});
    builder.set_outputs({y});
    return builder;
}

TEST(Quantize, FloatToInt8IsBitExact) {
    const auto x = kReals;
    auto model = make_model(TensorType::float32, TensorType::int8, x.size(), {},
                            tflite::per_tensor(0.01F, 3));
    EXPECT_EQ(test::run_model<std::int8_t>(model.model(), x),
              (std::vector<std::int8_t>{-128, -98, 1, 3, 4, 5, 6, 127, 127}));
}

TEST(Quantize, FloatToUint8IsBitExact) {
    const auto x = kReals;
    auto model = make_model(TensorType::float32, TensorType::uint8, x.size(), {},
                            tflite::per_tensor(0.03F, 128));
    EXPECT_EQ(test::run_model<std::uint8_t>(model.model(), x),
              (std::vector<std::uint8_t>{0, 94, 127, 128, 128, 129, 129, 170, 255}));
}

TEST(Quantize, FloatToInt16IsBitExact) {
    const auto x = kReals;
    auto model = make_model(TensorType::float32, TensorType::int16, x.size(), {},
                            tflite::per_tensor(0.0002F, 0));
    EXPECT_EQ(test::run_model<std::int16_t>(model.model(), x),
              (std::vector<std::int16_t>{-26500, -5025, -75, 0, 25, 75, 125, 6350, 32767}));
}

TEST(Quantize, Int8ToInt8IsBitExact) {
    const auto x = std::vector<std::int8_t>{-128, -50, -1, 0, 1, 50, 127};
    auto model = make_model(TensorType::int8, TensorType::int8, x.size(),
                            tflite::per_tensor(0.02F, 5), tflite::per_tensor(0.031F, -9));
    EXPECT_EQ(test::run_model<std::int8_t>(model.model(), x),
              (std::vector<std::int8_t>{-95, -44, -13, -12, -12, 20, 70}));
}

TEST(Quantize, Int8ToUint8IsBitExact) {
    const auto x = std::vector<std::int8_t>{-128, -50, -1, 0, 1, 50, 127};
    auto model = make_model(TensorType::int8, TensorType::uint8, x.size(),
                            tflite::per_tensor(0.02F, 5), tflite::per_tensor(0.02F, 133));
    EXPECT_EQ(test::run_model<std::uint8_t>(model.model(), x),
              (std::vector<std::uint8_t>{0, 78, 127, 128, 129, 178, 255}));
}

TEST(Quantize, Int8ToInt32IsBitExact) {
    const auto x = std::vector<std::int8_t>{-128, -50, -1, 0, 1, 50, 127};
    auto model = make_model(TensorType::int8, TensorType::int32, x.size(),
                            tflite::per_tensor(0.02F, 5), tflite::per_tensor(0.00031F, 0));
    EXPECT_EQ(test::run_model<std::int32_t>(model.model(), x),
              (std::vector<std::int32_t>{-8581, -3548, -387, -323, -258, 2903, 7871}));
}

TEST(Quantize, Uint8ToInt8IsBitExact) {
    const auto x = std::vector<std::uint8_t>{0, 78, 127, 128, 129, 178, 255};
    auto model = make_model(TensorType::uint8, TensorType::int8, x.size(),
                            tflite::per_tensor(0.02F, 5), tflite::per_tensor(0.05F, -9));
    EXPECT_EQ(test::run_model<std::int8_t>(model.model(), x),
              (std::vector<std::int8_t>{-11, 20, 40, 40, 41, 60, 91}));
}

TEST(Quantize, Uint8ToUint8IsBitExact) {
    const auto x = std::vector<std::uint8_t>{0, 78, 127, 128, 129, 178, 255};
    auto model = make_model(TensorType::uint8, TensorType::uint8, x.size(),
                            tflite::per_tensor(0.02F, 5), tflite::per_tensor(0.05F, 9));
    EXPECT_EQ(test::run_model<std::uint8_t>(model.model(), x),
              (std::vector<std::uint8_t>{7, 38, 58, 58, 59, 78, 109}));
}

TEST(Quantize, Int16ToInt8IsBitExact) {
    const auto x = std::vector<std::int16_t>{-32768, -5000, -1, 0, 1, 5000, 32767};
    auto model = make_model(TensorType::int16, TensorType::int8, x.size(),
                            tflite::per_tensor(0.0002F, 0), tflite::per_tensor(0.031F, -9));
    EXPECT_EQ(test::run_model<std::int8_t>(model.model(), x),
              (std::vector<std::int8_t>{-128, -41, -9, -9, -9, 23, 127}));
}

TEST(Quantize, Int32ToInt16IsBitExact) {
    const auto x = std::vector<std::int32_t>{-2147483647 - 1, -500000, -1, 0, 1, 50000, 2147483647};
    auto model = make_model(TensorType::int32, TensorType::int16, x.size(),
                            tflite::per_tensor(0.0000002F, 0), tflite::per_tensor(0.00003F, 0));
    EXPECT_EQ(test::run_model<std::int16_t>(model.model(), x),
              (std::vector<std::int16_t>{-32768, -3333, 0, 0, 0, 333, 32767}));
}

TEST(Quantize, SaturatesWhatNoIntegerHoldsAndMakesNaNZero) {
    Quantize a{};
    a.scale = 0.5F;
    a.output_offset = 7;
    const float infinite = std::numeric_limits<float>::infinity();
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const OneStep step(OpId::quantize, a,
                       {test::input<float>({5}, {infinite, -infinite, nan, 1e30F, -1e30F})},
                       {test::output(plan::Type::s8, {5})});
    EXPECT_EQ(step.run<std::int8_t>(), (std::vector<std::int8_t>{127, -128, 7, 127, -128}));
}

TEST(Quantize, WritesOverItsInputInTiles) {
    Quantize a{};
    a.scale = 0.01F;
    const auto x = test::Random(2).floats(9001);
    OneStep step(OpId::quantize, a, {test::input({9001}, x)},
                 {test::output(plan::Type::s16, {9001})});
    const auto wanted = step.run<std::byte>();
    ASSERT_EQ(test::overlap_of(step), 0);
    EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(x)), 0), wanted);
    EXPECT_EQ(test::run_over_input(step, std::as_bytes(std::span(x)), 6), wanted);
}

TEST(Quantize, DoesNotWriteOverANarrowerInput) {
    Quantize a{};
    a.multiplier = 1 << 30;
    OneStep step(OpId::quantize, a, {test::input<std::int8_t>({4}, {1, 2, 3, 4})},
                 {test::output(plan::Type::s16, {4})});
    EXPECT_EQ(test::overlap_of(step), std::nullopt);
}

TEST(Quantize, CheckRefusesEveryBrokenDescriptor) {
    const auto refuses = [](std::int32_t shift, std::uint32_t count) {
        Quantize a{};
        a.multiplier = 1 << 30;
        a.shift = shift;
        const OneStep step(OpId::quantize, a, {test::input<std::int8_t>({4}, {1, 2, 3, 4})},
                           {test::output(plan::Type::s8, {count})});
        return !step.check().ok();
    };
    EXPECT_FALSE(refuses(0, 4));
    EXPECT_TRUE(refuses(31, 4));
    EXPECT_TRUE(refuses(-32, 4));
    EXPECT_TRUE(refuses(0, 5));
}

TEST(Quantize, ImportRefusesPairsThatNoReferenceHas) {
    const auto q = tflite::per_tensor(0.5F, 0);
    EXPECT_EQ(test::import_one(make_model(TensorType::int32, TensorType::int32, 4, q, q).model())
                  .error()
                  .code,
              Code::unsupported);
    EXPECT_FALSE(
        test::import_one(make_model(TensorType::float32, TensorType::int8, 4, {}, {}).model())
            .ok());
}

}  // namespace
}  // namespace verge
