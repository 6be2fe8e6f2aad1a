#pragma once
// For tests of add, sub, mul and div: the same model and the same step with another operator.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <vector>

#include <gtest/gtest.h>

#include "operators/import_test_support.hpp"
#include "operators/overlap_test_support.hpp"

namespace verge::test {

/// A model of one operator: [2,4] and [4] to [2,4], with `q` of both inputs and the output.
template <typename Options>
[[nodiscard]] tflite::ModelBuilder arithmetic_model(
    tflite::BuiltinOperator op,
    tflite::TensorType type,
    const std::vector<tflite::Quantisation>& q,
    tflite::Activation fused = tflite::Activation::none) {
    tflite::ModelBuilder builder;
    const auto x1 = builder.add_tensor("x1", type, {2, 4}, q[0]);
    const auto x2 = builder.add_tensor("x2", type, {4}, q[1]);
    const auto y = builder.add_tensor("y", type, {2, 4}, q[2]);
    Options options;
    options.fused_activation_function = fused;
    builder.add_operator(op, {x1, x2}, {y}, options);
    builder.set_inputs({x1, x2});
    builder.set_outputs({y});
    return builder;
}

/// The first input of arithmetic_step(), which is large enough for two tiles with 1500 rows.
[[nodiscard]] inline std::vector<std::int8_t> arithmetic_input(std::uint32_t rows) {
    return Random(3).values<std::int8_t>(rows * 7U, -128, 127);
}

/// A step on int8: [rows,7] and a constant [7] without zeros.
template <typename Attributes>
[[nodiscard]] OneStep arithmetic_step(OpId id, const Attributes& attributes, std::uint32_t rows) {
    return {id,
            attributes,
            {input({rows, 7}, arithmetic_input(rows)),
             constant({7}, Random(4).values<std::int8_t>(7, 1, 127))},
            {output(plan::Type::s8, {rows, 7})}};
}

template <typename Options>
void expect_arithmetic_import_refuses(tflite::BuiltinOperator op) {
    auto reshaped = arithmetic_model<Options>(op, tflite::TensorType::float32, {{}, {}, {}});
    reshaped.tensor(2).shape = {4, 2};
    EXPECT_FALSE(import_one(reshaped.model()).ok()) << "an output of another shape";
    auto bare = arithmetic_model<Options>(op, tflite::TensorType::int8, {{}, {}, {}});
    EXPECT_FALSE(import_one(bare.model()).ok()) << "integers without a scale";
}

/// Tiles give what the whole gives, and the output may lie on the first input and further below.
template <typename Attributes>
void expect_arithmetic_tiles_and_overlap(OpId id, const Attributes& attributes) {
    OneStep step = arithmetic_step(id, attributes, 1500);
    ASSERT_TRUE(step.check().ok());
    const auto wanted = step.run<std::byte>();
    EXPECT_EQ(step.run<std::byte>(step.variants()[0], 0, 1), wanted);
    const auto x1 = arithmetic_input(1500);
    ASSERT_EQ(overlap_of(step), 0);
    EXPECT_EQ(run_over_input(step, std::as_bytes(std::span(x1)), 0), wanted);
    EXPECT_EQ(run_over_input(step, std::as_bytes(std::span(x1)), 5), wanted);
    EXPECT_EQ(overlap_of(step, 1), std::nullopt);
}

/// The check refuses unlike shapes, and 100000 in each of the attributes at `offsets`.
template <typename Attributes>
void expect_arithmetic_check_refuses(OpId id,
                                     const Attributes& attributes,
                                     std::initializer_list<std::size_t> offsets) {
    const auto refuses = [&](auto change) {
        OneStep step = arithmetic_step(id, attributes, 3);
        change(step.draft());
        return !step.check().ok();
    };
    EXPECT_FALSE(refuses([](plan::Draft&) {}));
    EXPECT_TRUE(refuses([](plan::Draft& d) { d.tensors[1].dims[0] = 6; }));
    EXPECT_TRUE(refuses([](plan::Draft& d) { d.tensors[0].dims[0] = 4; }));
    EXPECT_TRUE(refuses([](plan::Draft& d) { d.tensors[0].rank = 3; }));
    EXPECT_TRUE(refuses([](plan::Draft& d) { d.tensors[2].pixel_stride = 8; }));
    for (const std::size_t offset : offsets) {
        EXPECT_TRUE(refuses([&](plan::Draft& d) {
            const std::int32_t bad = 100000;
            std::memcpy(d.attributes.data() + offset, &bad, sizeof(bad));
        })) << offset;
    }
}

}  // namespace verge::test
