// What the reader finds in sound models, and what it says of unsound ones.

#include "formats/tflite/read.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "formats/tflite/read_parts.hpp"
#include "formats/tflite/test_models.hpp"

namespace verge::tflite {
namespace {

std::string refusal(std::span<const std::byte> file) {
    const auto model = read(file);
    return model.ok() ? "read" : model.error().message();
}

std::string refusal(const Model& model) {
    return refusal(std::span<const std::byte>(write(model)));
}

/// Expects that the model of `builder` is refused with these words.
void expect_refused(ModelBuilder& builder, std::string_view words) {
    const std::string text = refusal(builder.model());
    EXPECT_NE(text.find(words), std::string::npos) << text;
}

wire::Model* root_of(std::vector<std::byte>& file) {
    return flatbuffers::GetMutableRoot<wire::Model>(file.data());
}

template <typename T>
T* changed(const T* table) {
    return const_cast<T*>(table);
}

Tensor& tensor_of(ModelBuilder& builder, std::size_t index) {
    return builder.model().subgraphs[0].tensors[index];
}

TEST(Read, FindsWhatTheModelSays) {
    const auto file = quantised_model().finish();
    const auto model = read(file);
    ASSERT_TRUE(model.ok()) << model.error().message();
    const Subgraph& graph = model.value().subgraphs[0];
    ASSERT_EQ(graph.operators.size(), 2U);
    EXPECT_EQ(graph.operators[0].name(), "CONV_2D");
    EXPECT_EQ(graph.operators[0].version, 3);
    EXPECT_EQ(std::get<Conv2DOptions>(graph.operators[0].options).stride_h, 2);
    EXPECT_EQ(graph.operators[1].name(), "my_operator");
    EXPECT_EQ(graph.operators[1].inputs[1], kNoTensor);
    EXPECT_EQ(graph.operators[1].custom_options.size(), 3U);
    EXPECT_EQ(graph.tensors[1].quantisation.scales, (std::vector<float>{0.25F, 0.125F}));
    EXPECT_EQ(graph.tensors[1].data[1], std::byte{0x81});
    EXPECT_EQ(model.value().metadata[0].name, "made_by");
    EXPECT_EQ(model.value().signatures[0].inputs[0].name, "image");
    EXPECT_GE(graph.tensors[1].data.data(), file.data());
    EXPECT_LT(graph.tensors[1].data.data(), file.data() + file.size());
}

TEST(Read, DynamicShapesAreKnownBySignature) {
    const auto file = odd_tensors_model().finish();
    const auto model = read(file);
    ASSERT_TRUE(model.ok()) << model.error().message();
    EXPECT_TRUE(model.value().subgraphs[0].tensors[0].is_dynamic());
    EXPECT_FALSE(model.value().subgraphs[0].tensors[1].is_dynamic());
}

TEST(Read, RefusesAnotherSchemaVersion) {
    auto builder = dense_model();
    builder.model().version = 2;
    EXPECT_EQ(refusal(builder.model()),
              "the schema version is 2; wanted: 3; convert the model again");
}

TEST(Read, RefusesAModelWithoutSubgraphs) {
    EXPECT_NE(refusal(Model{}).find("no subgraph"), std::string::npos);
}

TEST(Read, RefusesDataThatDoesNotFitTypeAndShape) {
    auto builder = dense_model();
    tensor_of(builder, 1).shape = {4, 2};
    expect_refused(builder,
                   "subgraph 0: tensor 1 'weights': it has 24 bytes of data; wanted: 32 "
                   "for FLOAT32 [4, 2]");
    auto odd = odd_tensors_model();
    tensor_of(odd, 1).shape = {5};
    expect_refused(odd, "tensor 1 'packed': it has 2 bytes of data; wanted: 3 for INT4 [5]");
}

TEST(Read, RefusesShapesThatAreNegativeOrOverflow) {
    auto builder = dense_model();
    tensor_of(builder, 0).shape = {1, -2};
    expect_refused(builder, "its shape is [1, -2]");
    constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
    tensor_of(builder, 0).shape = {kMost, kMost, kMost};
    expect_refused(builder, "tensor 0 'x': its shape is [2147483647, 2147483647, 2147483647]");
    tensor_of(builder, 0).shape = std::vector<std::int64_t>(17, 1);
    expect_refused(builder, "more than 16 dimensions");
}

TEST(Read, RefusesASignatureThatIsNotTheShapes) {
    auto builder = dense_model();
    tensor_of(builder, 0).signature = {-1};
    expect_refused(builder, "its shape signature is [-1] for shape [1, 2]");
    tensor_of(builder, 0).signature = {-7, 2};
    expect_refused(builder, "its shape signature is [-7, 2]");
}

TEST(Read, RefusesTypesThatItDoesNotKnow) {
    auto builder = dense_model();
    tensor_of(builder, 0).type = static_cast<TensorType>(77);
    expect_refused(builder, "tensor 0 'x': its element type is type 77");
    tensor_of(builder, 0).type = static_cast<TensorType>(-1);
    expect_refused(builder, "its element type is type -1");
}

TEST(Read, RefusesScalesThatAreNotPositiveNumbers) {
    for (const float scale : {0.0F, -1.0F, std::numeric_limits<float>::infinity(),
                              std::numeric_limits<float>::quiet_NaN()}) {
        auto builder = quantised_model();
        tensor_of(builder, 1).quantisation.scales[1] = scale;
        expect_refused(builder, "tensor 1 'filter': scale 1 is ");
    }
}

TEST(Read, RefusesQuantisationOfAnotherLengthOrAxis) {
    auto builder = quantised_model();
    tensor_of(builder, 1).quantisation = per_axis({0.1F, 0.2F, 0.3F}, 0);
    expect_refused(builder, "it has 3 scales and 3 zero points for shape [2, 1, 1, 1], axis 0");
    tensor_of(builder, 1).quantisation = per_axis({0.1F, 0.2F}, 4);
    expect_refused(builder, "its quantisation runs along axis 4");
    tensor_of(builder, 1).quantisation = per_axis({0.1F, 0.2F}, -1);
    expect_refused(builder, "its quantisation runs along axis -1");
    tensor_of(builder, 1).quantisation = {.scales = {0.1F}, .zero_points = {0, 0}};
    expect_refused(builder, "1 scales and 2 zero points");
}

TEST(Read, OneDimensionIsQuantisedAlongItWhateverTheFileSays) {
    auto builder = quantised_model();
    tensor_of(builder, 2).quantisation = per_axis({0.125F, 0.0625F}, 3);
    const auto file = builder.finish();
    const auto model = read(file);
    ASSERT_TRUE(model.ok()) << model.error().message();
    EXPECT_EQ(model.value().subgraphs[0].tensors[2].quantisation.axis, 0);
}

TEST(Read, RefusesZeroPointsOutsideTheType) {
    auto builder = quantised_model();
    tensor_of(builder, 0).quantisation = per_tensor(0.5F, 128);
    expect_refused(builder, "tensor 0 'image': a zero point is 128; wanted: -128 to 127 for INT8");
}

TEST(Read, RefusesAVariableWithData) {
    auto builder = dense_model();
    tensor_of(builder, 1).is_variable = true;
    expect_refused(builder, "it is a variable and has data");
}

TEST(Read, RefusesStringsWhoseOffsetsLeadAstray) {
    for (const auto& words : std::vector<std::vector<std::uint32_t>>{
             {2, 12, 16, 0}, {1, 12, 17, 0}, {1, 4, 16, 0}, {1, 16, 12, 0}, {1}}) {
        auto builder = odd_tensors_model();
        tensor_of(builder, 2).data = std::as_bytes(std::span(words));
        expect_refused(builder, "tensor 2 'words': its table of strings");
    }
}

TEST(Read, RefusesOperandsThatAreNoTensors) {
    auto builder = dense_model();
    builder.model().subgraphs[0].operators[0].inputs[1] = 4;
    expect_refused(builder,
                   "subgraph 0: operator 0 (FULLY_CONNECTED): input 1: it is tensor 4; "
                   "wanted: a tensor below 4, or -1 for none");
    builder.model().subgraphs[0].operators[0].inputs[1] = -2;
    expect_refused(builder, "input 1: it is tensor -2");
    auto outputs = dense_model();
    outputs.set_outputs({kNoTensor});
    expect_refused(outputs, "subgraph 0: output 0: it is tensor -1; wanted: a tensor below 4;");
}

TEST(Read, RefusesSignaturesThatPointNowhere) {
    auto builder = quantised_model();
    builder.model().signatures[0].subgraph = 1;
    expect_refused(builder, "signature 0: it names subgraph 1");
    builder.model().signatures[0].subgraph = 0;
    builder.model().signatures[0].outputs[0].tensor = 99;
    expect_refused(builder, "signature 0: output 0: 'out' is tensor 99");
}

TEST(Read, RefusesChoicesThatTheFormatDoesNotHave) {
    auto builder = quantised_model();
    auto& options = builder.model().subgraphs[0].operators[0].options;
    std::get<Conv2DOptions>(options).padding = static_cast<Padding>(2);
    expect_refused(builder, "operator 0 (CONV_2D): padding is 2; wanted: 0 to 1");
    options = CastOptions{TensorType::int8, static_cast<TensorType>(-3)};
    expect_refused(builder, "out_data_type is -3");
}

TEST(Read, RefusesOperatorCodesThatAreNone) {
    auto builder = dense_model();
    Operator& operation = builder.model().subgraphs[0].operators[0];
    operation.code = BuiltinOperator::CUSTOM;
    expect_refused(builder, "operator code 0: it is a custom operator without a name");
    operation.code = BuiltinOperator::PLACEHOLDER_FOR_GREATER_OP_CODES;
    expect_refused(builder, "operator code 0: its code is 127");
    operation.code = static_cast<BuiltinOperator>(-5);
    // The greater of -5 and the byte's -5: still no code.
    expect_refused(builder, "operator code 0: its code is -5");
}

TEST(Read, KeepsOperatorsThatAreNewerThanItself) {
    auto builder = dense_model();
    builder.model().subgraphs[0].operators[0].code = static_cast<BuiltinOperator>(300);
    EXPECT_EQ(refusal(builder.model()), "read");
}

TEST(Read, OldFilesHaveTheirCodeInAByte) {
    auto file = dense_model().finish();
    auto* code = changed(root_of(file)->operator_codes()->Get(0));
    auto* table = reinterpret_cast<flatbuffers::Table*>(code);
    ASSERT_TRUE(table->SetField<std::int32_t>(wire::OperatorCode::VT_BUILTIN_CODE, 0, 9));
    const auto model = read(file);
    ASSERT_TRUE(model.ok()) << model.error().message();
    EXPECT_EQ(model.value().subgraphs[0].operators[0].code, BuiltinOperator::FULLY_CONNECTED);
}

TEST(Read, RefusesBuffersAndOperatorCodesThatAreNotThere) {
    auto file = dense_model().finish();
    auto* tensor = reinterpret_cast<flatbuffers::Table*>(
        changed(root_of(file)->subgraphs()->Get(0)->tensors()->Get(1)));
    ASSERT_TRUE(tensor->SetField<std::uint32_t>(wire::Tensor::VT_BUFFER, 9, 0));
    EXPECT_NE(refusal(file).find("tensor 1 'weights': its buffer is 9 of 3"), std::string::npos);

    auto builder = quantised_model();
    file = builder.finish();
    auto* operation = reinterpret_cast<flatbuffers::Table*>(
        changed(root_of(file)->subgraphs()->Get(0)->operators()->Get(1)));
    ASSERT_TRUE(operation->SetField<std::uint32_t>(wire::Operator::VT_OPCODE_INDEX, 5, 0));
    EXPECT_NE(refusal(file).find("operator 1: its kind is entry 5 of 2"), std::string::npos);
}

TEST(Read, RefusesDataOutsideTheFile) {
    auto file = dense_model().finish(Placement::outside);
    ASSERT_EQ(refusal(file), "read");
    file.pop_back();
    EXPECT_NE(refusal(file).find("tensor 2 'bias': data lies at byte"), std::string::npos);
    auto* buffer = reinterpret_cast<flatbuffers::Table*>(changed(root_of(file)->buffers()->Get(1)));
    ASSERT_TRUE(buffer->SetField<std::uint64_t>(wire::Buffer::VT_OFFSET, ~0ULL - 8, 0));
    EXPECT_NE(refusal(file).find("data lies at byte 18446744073709551607 for 24"),
              std::string::npos);
}

TEST(Read, NamesInMessagesCannotSteerATerminal) {
    auto builder = dense_model();
    tensor_of(builder, 0).name = "x\x1b[2J\n" + std::string(200, 'y');
    tensor_of(builder, 0).type = static_cast<TensorType>(77);
    const std::string text = refusal(builder.model());
    EXPECT_NE(text.find("'x?[2J?yyy"), std::string::npos) << text;
    EXPECT_LT(text.size(), 300U);
}

TEST(Read, RefusesCustomQuantisation) {
    flatbuffers::FlatBufferBuilder to;
    const auto custom = wire::CreateCustomQuantization(to);
    const auto quantisation = wire::CreateQuantizationParameters(
        to, 0, 0, 0, 0, wire::QuantizationDetails::CustomQuantization, custom.Union());
    const std::vector tensors{wire::CreateTensor(to, 0, 0, 0, 0, quantisation)};
    const std::vector subgraphs{wire::CreateSubGraph(to, to.CreateVector(tensors))};
    wire::FinishModelBuffer(to, wire::CreateModel(to, 3, 0, to.CreateVector(subgraphs)));
    const auto bytes = std::as_bytes(std::span(to.GetBufferPointer(), to.GetSize()));
    const std::vector<std::byte> file(bytes.begin(), bytes.end());
    const auto text = refusal(std::span<const std::byte>(file));
    EXPECT_NE(text.find("subgraph 0: tensor 0: it is quantised in a way of its own"),
              std::string::npos)
        << text;
}

}  // namespace
}  // namespace verge::tflite
