// What write() puts into a file, read() gives back.

#include <random>

#include <gtest/gtest.h>

#include "formats/tflite/read.hpp"
#include "formats/tflite/test_models.hpp"

namespace verge::tflite {
namespace {

void expect_round_trip(const Model& model, Placement placement, const std::string& name) {
    const auto file = write(model, placement);
    const auto again = read(file);
    ASSERT_TRUE(again.ok()) << name << ": " << again.error().message();
    EXPECT_TRUE(again.value() == model) << name;
}

TEST(Write, EveryTestModelComesBackEqual) {
    for (auto& one : all_test_models()) {
        expect_round_trip(one.builder.model(), Placement::inside, one.name);
        expect_round_trip(one.builder.model(), Placement::outside, one.name + " (data outside)");
    }
}

TEST(Write, ANoteOfADifferenceIsNotLost) {
    auto builder = quantised_model();
    const auto file = builder.finish();
    builder.model().subgraphs[0].operators[0].version = 4;
    const auto again = read(file);
    ASSERT_TRUE(again.ok());
    EXPECT_FALSE(again.value() == builder.model());
}

TEST(Write, DataStartsAtMultiplesOfSixteen) {
    for (const auto placement : {Placement::inside, Placement::outside}) {
        const auto file = quantised_model().finish(placement);
        const auto model = read(file);
        ASSERT_TRUE(model.ok()) << model.error().message();
        for (const Tensor& tensor : model.value().subgraphs[0].tensors) {
            if (tensor.is_constant()) {
                EXPECT_EQ((tensor.data.data() - file.data()) % 16, 0) << tensor.name;
            }
        }
    }
}

TEST(Write, SharedDataIsStoredOnce) {
    auto builder = dense_model();
    const std::vector<float> large(1000, 1.0F);
    const auto first = builder.add_constant("a", TensorType::float32, {1000}, large);
    const auto once = builder.finish().size();
    Tensor copy = builder.tensor(first);
    builder.model().subgraphs[0].tensors.push_back(copy);
    EXPECT_LT(builder.finish().size(), once + 200);
}

/// Options with every field set to something that is not its default.
TEST(Write, OptionsComeBackFieldByField) {
    const Options options[] = {
        Conv2DOptions{Padding::valid, 2, 3, Activation::relu6, 4, 5, TensorType::int64},
        SVDFOptions{7, Activation::tanh, true},
        LSTMOptions{Activation::tanh, 1.5F, 2.5F, LstmKernel::basic, true},
        ReshapeOptions{{1, -1, 3}},
        StridedSliceOptions{1, 2, 3, 4, 5, true},
        VarHandleOptions{"box", "counter"},
        BucketizeOptions{{0.5F, 1.5F}},
        RandomOptions{-1, 1LL << 40},
        UniqueOptions{TensorType::int64},
        BidirectionalSequenceLSTMOptions{Activation::tanh, 1.0F, 2.0F, true, false, true},
        OtherOptions{22, false},
        OtherOptions{200, false},
    };
    for (const Options& one : options) {
        auto builder = dense_model();
        builder.model().subgraphs[0].operators[0].options = one;
        expect_round_trip(builder.model(), Placement::inside, std::to_string(one.index()));
    }
}

/// A random but sound chain: each operator reads earlier tensors and writes a new one.
ModelBuilder random_model(std::mt19937& random) {
    ModelBuilder builder;
    const auto below = [&random](std::size_t limit) { return random() % limit; };
    std::vector<std::int32_t> tensors{builder.add_tensor("in", TensorType::int8, {1, 2})};
    builder.set_inputs(tensors);
    for (std::size_t i = 0, count = 1 + below(12); i < count; ++i) {
        const auto length = static_cast<std::int64_t>(1 + below(9));
        const std::vector<std::int8_t> data(static_cast<std::size_t>(length), 5);
        const auto scale = static_cast<float>(1 + below(100)) / 64.0F;
        const auto constant = builder.add_constant("c" + std::to_string(i), TensorType::int8,
                                                   {length}, data, per_tensor(scale, -3));
        const auto out = builder.add_tensor(std::string(below(5), 'x'), TensorType::int16,
                                            {length, static_cast<std::int64_t>(below(3))});
        auto& added = builder.add_operator(static_cast<BuiltinOperator>(below(127)),
                                           {tensors[below(tensors.size())], constant, kNoTensor},
                                           {out}, MulOptions{});
        added.custom_name = added.code == BuiltinOperator::CUSTOM ? "own" : "";
        added.version = static_cast<std::int32_t>(below(4)) + 1;
        tensors.push_back(out);
    }
    builder.set_outputs({tensors.back()});
    return builder;
}

TEST(Write, RandomModelsComeBackEqual) {
    std::mt19937 random(3);
    for (int i = 0; i < 300; ++i) {
        auto builder = random_model(random);
        expect_round_trip(builder.model(), i % 2 == 0 ? Placement::inside : Placement::outside,
                          "model " + std::to_string(i));
    }
}

TEST(Write, AnOperatorAboveTheBytesRangeKeepsItsCode) {
    auto builder = dense_model();
    builder.model().subgraphs[0].operators[0].code = BuiltinOperator::GELU;
    expect_round_trip(builder.model(), Placement::inside, "GELU");
}

}  // namespace
}  // namespace verge::tflite
