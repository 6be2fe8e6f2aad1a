// The models of the shared data folder, where it is there: all are read, and some known facts hold.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "formats/tflite/read.hpp"
#include "formats/tflite/write.hpp"

namespace verge::tflite {
namespace {

namespace fs = std::filesystem;

fs::path data_folder() {
    const char* chosen = std::getenv("VERGE_DATA");
    return chosen != nullptr ? fs::path(chosen) : fs::path(VERGE_SOURCE_DIR) / "../shared/data";
}

std::vector<std::byte> bytes_of_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    const std::vector<char> letters(std::istreambuf_iterator<char>(in), {});
    const auto bytes = std::as_bytes(std::span(letters));
    return {bytes.begin(), bytes.end()};
}

std::vector<fs::path> all_models() {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(data_folder())) {
        if (entry.path().extension() == ".tflite") {
            found.push_back(entry.path());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

/// The model as write() can give it back.
Model without_second_union(Model model) {
    for (Subgraph& subgraph : model.subgraphs) {
        for (Operator& operation : subgraph.operators) {
            const auto* other = std::get_if<OtherOptions>(&operation.options);
            if (other != nullptr && other->second_union) {
                operation.options = {};
            }
        }
    }
    return model;
}

/// Tests on models of the data folder, each skipped by name where the folder is absent.
class Data : public testing::Test {
protected:
    void SetUp() override {
        if (!fs::is_directory(data_folder())) {
            GTEST_SKIP() << "the folder of models is not at " << data_folder()
                         << "; set VERGE_DATA to where it is";
        }
    }
};

TEST_F(Data, EveryModelIsReadAndComesBackFromTheWriter) {
    const auto paths = all_models();
    EXPECT_GT(paths.size(), 100U);
    for (const fs::path& path : paths) {
        const auto file = bytes_of_file(path);
        const auto model = read(file);
        if (!model.ok()) {
            ADD_FAILURE() << path << ": " << model.error().message();
            continue;
        }
        const auto written = write(model.value());
        const auto again = read(written);
        ASSERT_TRUE(again.ok()) << path << " rewritten: " << again.error().message();
        EXPECT_TRUE(again.value() == without_second_union(model.value())) << path;
    }
}

std::vector<std::string> operator_names(const Subgraph& graph) {
    std::vector<std::string> names;
    for (const Operator& one : graph.operators) {
        names.push_back(one.name());
    }
    return names;
}

TEST_F(Data, TheKeywordModelIsWhatItsPaperSays) {
    const auto file = bytes_of_file(data_folder() / "kws/mlperf_tiny/kws_ref_model.tflite");
    const auto model = read(file);
    ASSERT_TRUE(model.ok()) << model.error().message();
    const Subgraph& graph = model.value().subgraphs.at(0);
    const auto names = operator_names(graph);
    EXPECT_EQ(names.size(), 13U);
    EXPECT_EQ(std::count(names.begin(), names.end(), "CONV_2D"), 5);
    EXPECT_EQ(std::count(names.begin(), names.end(), "DEPTHWISE_CONV_2D"), 4);
    const Tensor& input = graph.tensors.at(static_cast<std::size_t>(graph.inputs.at(0)));
    EXPECT_EQ(input.shape, (std::vector<std::int64_t>{1, 49, 10, 1}));
    EXPECT_EQ(input.type, TensorType::int8);
    EXPECT_EQ(input.quantisation.zero_points, std::vector<std::int64_t>{83});
    const Operator& conv =
        *std::find_if(graph.operators.begin(), graph.operators.end(),
                      [](auto& one) { return one.code == BuiltinOperator::CONV_2D; });
    const auto& options = std::get<Conv2DOptions>(conv.options);
    EXPECT_EQ(options.stride_w, 2);
    EXPECT_EQ(options.stride_h, 2);
    EXPECT_EQ(options.padding, Padding::same);
    EXPECT_EQ(options.fused_activation_function, Activation::relu);
}

TEST_F(Data, StreamingModelsHaveVariablesAndSubgraphs) {
    const auto file = bytes_of_file(data_folder() / "kws/micro_wake_word/okay_nabu.tflite");
    const auto model = read(file);
    ASSERT_TRUE(model.ok()) << model.error().message();
    EXPECT_EQ(model.value().subgraphs.size(), 2U);
    const auto names = operator_names(model.value().subgraphs[0]);
    EXPECT_NE(std::find(names.begin(), names.end(), "VAR_HANDLE"), names.end());
    EXPECT_NE(std::find(names.begin(), names.end(), "CALL_ONCE"), names.end());
}

TEST_F(Data, TheSignalPreprocessorUsesCustomOperators) {
    const auto file =
        bytes_of_file(data_folder() / "kws/micro_speech/audio_preprocessor_int8.tflite");
    const auto model = read(file);
    ASSERT_TRUE(model.ok()) << model.error().message();
    const auto& operators = model.value().subgraphs[0].operators;
    const auto window = std::find_if(operators.begin(), operators.end(),
                                     [](auto& one) { return one.name() == "SignalWindow"; });
    ASSERT_NE(window, operators.end());
    EXPECT_EQ(window->code, BuiltinOperator::CUSTOM);
    EXPECT_FALSE(window->custom_options.empty());
}

}  // namespace
}  // namespace verge::tflite
