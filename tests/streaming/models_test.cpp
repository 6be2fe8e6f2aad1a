// Real keyword models streamed over real speech: every run says what the window form says, on the
// tiny runtime and on the fast one with 1, 2 and 3 threads.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include <gtest/gtest.h>

#include "formats/wav/audio.hpp"
#include "formats/wav/flac.hpp"
#include "platform/file.hpp"
#include "signal/frontend.hpp"
#include "tests/streaming/both_forms.hpp"

namespace verge {
namespace {

using test::Form;
namespace fs = std::filesystem;

constexpr std::array kForms = {Form::tiny, Form::fast1, Form::fast2, Form::fast3};

fs::path data_folder() {
    const char* set = std::getenv("VERGE_DATA");
    return set != nullptr ? set : VERGE_SOURCE_DIR "/../shared/data";
}

std::vector<fs::path> files_of(const fs::path& folder, const std::string& extension) {
    std::vector<fs::path> files;
    std::error_code failure;
    for (const auto& entry : fs::recursive_directory_iterator(folder, failure)) {
        if (entry.path().extension() == extension) {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

/// Frames of 40 features of recordings one behind the other.
std::vector<std::byte> spoken_frames(std::size_t count) {
    std::vector<std::byte> frames;
    auto frontend = std::make_unique<signal::MicroFrontend>();
    auto scratch = std::make_unique<signal::FrontendScratch>();
    frontend->reset();
    signal::FeatureFrame frame{};
    for (const fs::path& path :
         files_of(data_folder() / "kws/speech_commands_test_v0.02", ".wav")) {
        const auto file = platform::read_file(path.string());
        const auto audio = wav::read_audio(file.value());
        const auto samples = wav::to_mono_16k_int16(audio.value());
        std::span<const std::int16_t> rest = samples.value();
        while (!rest.empty() && frames.size() < count * signal::kFeatures) {
            const signal::Taken taken = frontend->push(rest, *scratch, frame);
            rest = rest.subspan(taken.samples);
            if (taken.frame) {
                const auto bytes = std::as_bytes(std::span(frame.quantised));
                frames.insert(frames.end(), bytes.begin(), bytes.end());
            }
        }
    }
    return frames;
}

/// The prepared features of the MLPerf Tiny benchmark one behind the other.
std::vector<std::byte> prepared_frames(std::size_t files) {
    std::vector<std::byte> frames;
    for (const fs::path& path : files_of(data_folder() / "kws/eembc_kws01", ".bin")) {
        if (files-- == 0) {
            break;
        }
        const auto file = platform::read_file(path.string());
        frames.insert(frames.end(), file.value().begin(), file.value().end());
    }
    return frames;
}

graph::Graph load(const fs::path& path) {
    auto file = platform::MappedFile::open(path.string());
    EXPECT_TRUE(file.ok()) << path;
    const auto owner = std::make_shared<platform::MappedFile>(std::move(file).value());
    auto graph = compiler::import_model(owner->bytes(), owner);
    EXPECT_TRUE(graph.ok()) << path;
    return std::move(graph).value();
}

/// Compares, and tells what streaming costs and saves.
test::Comparison expect_same(const fs::path& path,
                             std::span<const std::byte> stream,
                             std::int64_t hop,
                             std::int64_t most_state_bytes = 0) {
    const compiler::StreamOptions how{.frames = hop, .most_state_bytes = most_state_bytes};
    auto result = test::compare_forms(load(path), stream, how, kForms);
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().message());
    if (!result.ok()) {
        return {};
    }
    EXPECT_EQ(result.value().difference, "") << path << ", hop " << hop;
    EXPECT_TRUE(result.value().streamed.stream.is_streamed);
    return std::move(result).value();
}

bool has_speech() {
    return fs::exists(data_folder() / "kws/speech_commands_test_v0.02") &&
           fs::exists(data_folder() / "kws/eembc_kws01");
}

#define VERGE_NEEDS_SPEECH()                                                               \
    if (!has_speech()) {                                                                   \
        GTEST_SKIP() << "the folder of speech (../shared/data or VERGE_DATA) is not here"; \
    }

TEST(StreamedModels, TheShippedKeywordModelSaysTheSameForSeveralHops) {
    VERGE_NEEDS_SPEECH();
    const auto frames = spoken_frames(200);
    for (const std::int64_t hop : {1, 2, 4, 8}) {
        const auto result = expect_same(
            VERGE_SOURCE_DIR "/models/keywords_yes_no/keywords_yes_no.tflite", frames, hop);
        EXPECT_LT(result.streamed.macs * 3, result.window.macs * 2) << "hop " << hop;
    }
}

TEST(StreamedModels, TheShippedKeywordModelSaysTheSameWithLessRoomForStates) {
    VERGE_NEEDS_SPEECH();
    const auto frames = spoken_frames(120);
    std::uint64_t macs = 0;
    for (const std::int64_t most : {20000, 12000, 6000, 2000}) {
        const auto result = expect_same(
            VERGE_SOURCE_DIR "/models/keywords_yes_no/keywords_yes_no.tflite", frames, 2, most);
        EXPECT_LE(result.streamed.stream.state_bytes, most);
        EXPECT_GE(result.streamed.macs, macs) << most;
        EXPECT_LE(result.streamed.macs, result.window.macs) << most;
        macs = result.streamed.macs;
    }
}

TEST(StreamedModels, MicroSpeechSaysTheSameThoughItsInputIsFlat) {
    VERGE_NEEDS_SPEECH();
    const auto result = expect_same(
        data_folder() / "kws/micro_speech/micro_speech_quantized.tflite", spoken_frames(200), 2);
    EXPECT_LT(result.streamed.macs * 3, result.window.macs);
}

TEST(StreamedModels, TheMlperfKeywordModelSaysTheSame) {
    VERGE_NEEDS_SPEECH();
    for (const std::int64_t hop : {1, 2}) {
        const auto result = expect_same(data_folder() / "kws/mlperf_tiny/kws_ref_model.tflite",
                                        prepared_frames(3), hop);
        EXPECT_LT(result.streamed.macs * 3, result.window.macs * 2) << "hop " << hop;
    }
}

TEST(StreamedModels, TheMlperfWakeWordNeedsOneColumnOfEachLayerForEachFrame) {
    VERGE_NEEDS_SPEECH();
    const auto result = expect_same(
        data_folder() / "kws/streaming_ww_mlperf/str_ww_ref_model.tflite", spoken_frames(150), 1);
    EXPECT_LT(result.streamed.macs * 15, result.window.macs);
    EXPECT_LT(result.streamed.workspace_bytes, result.window.workspace_bytes * 2);
}

TEST(StreamedModels, ThatKeepVariablesStayAsTheyAre) {
    const fs::path path = data_folder() / "kws/micro_wake_word/hey_jarvis.tflite";
    if (!fs::exists(path)) {
        GTEST_SKIP() << "the folder of wake words (../shared/data or VERGE_DATA) is not here";
    }
    compiler::CompileOptions options;
    options.target = compiler::find_target("portable").value();
    const auto plain = compiler::compile(load(path), options);
    options.stream.frames = 1;
    const auto streamed = compiler::compile(load(path), options);
    ASSERT_TRUE(plain.ok() && streamed.ok());
    EXPECT_FALSE(streamed.value().stream.is_streamed);
    EXPECT_NE(streamed.value().stream.reason.find("streams already"), std::string::npos);
    EXPECT_EQ(streamed.value().plan, plain.value().plan);
}

}  // namespace
}  // namespace verge
