// Models that are sound as files but not as graphs.

#include <gtest/gtest.h>

#include "formats/tflite/read.hpp"
#include "formats/tflite/test_models.hpp"

namespace verge::tflite {
namespace {

std::string refusal(ModelBuilder& builder) {
    const auto file = builder.finish();
    const auto model = read(file);
    return model.ok() ? "read" : model.error().message();
}

/// x -> RELU -> a -> NEG -> y
ModelBuilder chain() {
    ModelBuilder builder;
    for (const char* name : {"x", "a", "y"}) {
        builder.add_tensor(name, TensorType::float32, {4});
    }
    builder.add_operator(BuiltinOperator::RELU, {0}, {1});
    builder.add_operator(BuiltinOperator::NEG, {1}, {2});
    builder.set_inputs({0});
    builder.set_outputs({2});
    return builder;
}

Subgraph& main_of(ModelBuilder& builder) {
    return builder.model().subgraphs[0];
}

TEST(Graph, AChainIsRead) {
    auto builder = chain();
    EXPECT_EQ(refusal(builder), "read");
}

TEST(Graph, RefusesACycle) {
    auto builder = chain();
    main_of(builder).operators[0].inputs = {2};
    EXPECT_EQ(refusal(builder),
              "subgraph 0: operator 0 (RELU): input 0: tensor 2 'y' is written only later, by "
              "operator 1 (NEG): the operators form a cycle or are out of order; wanted: each "
              "tensor written once, before it is read; export the model again with its converter");
}

TEST(Graph, RefusesAnOperatorThatReadsItsOwnOutput) {
    auto builder = chain();
    main_of(builder).operators[1].inputs = {2};
    EXPECT_NE(refusal(builder).find("written by the operator that reads it"), std::string::npos);
}

TEST(Graph, RefusesTwoWritersOfOneTensor) {
    auto builder = chain();
    main_of(builder).operators[1].outputs = {1};
    EXPECT_NE(refusal(builder).find("operator 1 (NEG): output 0: tensor 1 'a' is written by "
                                    "operator 0 (RELU) as well"),
              std::string::npos);
}

TEST(Graph, RefusesAWriteToAnInputOrAConstant) {
    auto builder = chain();
    main_of(builder).operators[1].outputs = {0};
    EXPECT_NE(refusal(builder).find("input of the subgraph, yet it is written"), std::string::npos);
    auto dense = dense_model();
    main_of(dense).operators[0].outputs = {1};
    EXPECT_NE(refusal(dense).find("is a constant, yet it is written"), std::string::npos);
}

TEST(Graph, RefusesAReadThatNobodyWrites) {
    auto builder = chain();
    builder.set_inputs({});
    EXPECT_NE(refusal(builder).find("nobody writes it"), std::string::npos);
}

TEST(Graph, RefusesAnOutputThatNobodyWrites) {
    auto builder = chain();
    builder.add_tensor("lost", TensorType::float32, {4});
    builder.set_outputs({3});
    EXPECT_NE(refusal(builder).find("subgraph 0: output 0: tensor 3 'lost'"), std::string::npos);
}

TEST(Graph, AVariableMayBeReadBeforeItIsWritten) {
    auto builder = chain();
    builder.set_inputs({});
    builder.tensor(0).is_variable = true;
    EXPECT_EQ(refusal(builder), "read");
}

TEST(Graph, RefusesACallOfASubgraphThatIsNotThere) {
    auto builder = branching_model();
    main_of(builder).operators[0].options = IfOptions{1, 3};
    EXPECT_NE(refusal(builder).find("subgraph 0: operator 0 (IF): it calls subgraph 3"),
              std::string::npos);
    main_of(builder).operators[0].options = IfOptions{-1, 2};
    EXPECT_NE(refusal(builder).find("it calls subgraph -1"), std::string::npos);
}

TEST(Graph, RefusesSubgraphsThatCallInACircle) {
    auto builder = branching_model();
    main_of(builder).operators[0].options = IfOptions{0, 1};
    EXPECT_NE(refusal(builder).find("called, directly or through others, by itself"),
              std::string::npos);
    main_of(builder).operators[0].options = IfOptions{1, 2};
    builder.model().subgraphs[2].operators[0].options = CallOptions{1};
    EXPECT_EQ(refusal(builder), "read");
    builder.model().subgraphs[1].operators[0].options = CallOptions{2};
    EXPECT_NE(refusal(builder).find("subgraph 1: it is called"), std::string::npos);
}

}  // namespace
}  // namespace verge::tflite
