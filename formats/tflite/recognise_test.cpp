// What is said of files that are not .tflite files.

#include <string_view>

#include <gtest/gtest.h>

#include "formats/tflite/read.hpp"

namespace verge::tflite {
namespace {

using namespace std::string_view_literals;

struct Case {
    std::string_view bytes;
    std::string_view found;
    std::string_view remedy;
};

constexpr Case kCases[] = {
    {""sv, "is empty", "copied or downloaded"},
    {"VRGP\1\0\0\0"sv, "compiled Verge plan", "verge run"},
    {"version https://git-lfs.github.com/spec/v1\noid"sv, "Git LFS pointer", "git lfs pull"},
    {"PK\3\4\x14\0\0\0"sv, "zip archive", "unpack"},
    {"\x89HDF\r\n\x1a\n\0\0"sv, "HDF5", "from_keras_model"},
    {"GGUF\3\0\0\0"sv, "GGUF", "only .tflite"},
    {"\x93NUMPY\1\0"sv, "NumPy array", "input"},
    {"\x1f\x8b\x08\0\0"sv, "gzip", "unpack"},
    {"\x08\x01\x12\x80\x01"sv, "SavedModel", "from_saved_model"},
    {"\x08\x08\x12\x07pytorch"sv, "ONNX model", "convert it to .tflite"},
    {"\x08\x07:\x10"sv, "ONNX model", "convert it to .tflite"},
    {"<!DOCTYPE html><html>"sv, "web page", "download"},
    {"import tensorflow as tf\n"sv, "is text", "check the path"},
    {"\0\0\0\0TFL4\0\0"sv, "begins with 00 00 00 00 54 46 4c 34", "export"},
    {"\xff"sv, "begins with ff", "export"},
};

TEST(Recognise, SaysWhatEachForeignFileIsAndWhatToDo) {
    for (const Case& one : kCases) {
        const auto model = read(std::as_bytes(std::span(one.bytes)));
        ASSERT_FALSE(model.ok()) << one.found;
        EXPECT_NE(model.error().what.find(one.found), std::string::npos) << model.error().what;
        EXPECT_NE(model.error().remedy.find(one.remedy), std::string::npos) << one.found;
        EXPECT_NE(model.error().wanted.find("TFL3"), std::string::npos);
        EXPECT_EQ(model.error().code, Code::bad_input);
    }
}

TEST(Recognise, AFileThatEndsAfterItsMarkIsATornModel) {
    alignas(8) constexpr char kTorn[] = {0x1c, 0, 0, 0, 'T', 'F', 'L', '3'};
    const auto model = read(std::as_bytes(std::span(kTorn)));
    ASSERT_FALSE(model.ok());
    EXPECT_NE(model.error().message().find("cut off"), std::string::npos);
}

}  // namespace
}  // namespace verge::tflite
