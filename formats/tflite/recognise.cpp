// The list of things that are not a .tflite file, and how each is known.

#include "formats/tflite/recognise.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace verge::tflite {
namespace {

using namespace std::string_view_literals;

/// A kind of file that begins with these bytes.
struct Foreign {
    std::string_view first;
    std::string_view found;
    std::string_view remedy;
};

constexpr std::array kForeign{
    Foreign{"VRGP"sv, "a compiled Verge plan",
            "give it to `verge run`; `verge compile` wants the model that it was made from"},
    Foreign{"version https://git-lfs"sv, "a Git LFS pointer, a stand-in for the real file",
            "fetch the real file with `git lfs pull`"},
    Foreign{"PK\x03\x04"sv, "a zip archive (a .keras file, a PyTorch file or a packed folder)",
            "unpack it, or export the model in it to .tflite"},
    Foreign{"\x89HDF\r\n\x1a\n"sv, "an HDF5 file (a Keras .h5 model)",
            "convert it with tf.lite.TFLiteConverter.from_keras_model"},
    Foreign{"GGUF"sv, "a GGUF language model", "only .tflite models can be read"},
    Foreign{"\x93NUMPY"sv, "a NumPy array", "give it as an input of `verge run`, not as the model"},
    Foreign{"\x1f\x8b"sv, "a gzip archive", "unpack it with gunzip or tar first"},
    Foreign{"\x08\x01\x12"sv, "a TensorFlow SavedModel",
            "convert its folder with tf.lite.TFLiteConverter.from_saved_model"},
    Foreign{"<!DOCTYPE"sv, "a web page", "download the file itself, not the page that shows it"},
    Foreign{"<html"sv, "a web page", "download the file itself, not the page that shows it"},
};

std::string_view first_bytes(std::span<const std::byte> file) {
    const std::size_t length = std::min<std::size_t>(file.size(), 512);
    return {reinterpret_cast<const char*>(file.data()), length};
}

/// ONNX is a protobuf: field 1 (IR version, 2 to 31), then the producer's name or a graph.
bool looks_like_onnx(std::string_view text) {
    constexpr std::string_view kNextFields = "\x12\x1a\x22\x28\x32\x3a\x42";
    return text.size() > 2 && text[0] == '\x08' && text[1] >= 2 && text[1] < 32 &&
           kNextFields.find(text[2]) != std::string_view::npos;
}

bool is_text(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char letter) {
        return (letter >= ' ' && letter <= '~') || letter == '\n' || letter == '\r' ||
               letter == '\t';
    });
}

std::string in_hex(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        text += text.empty() ? "" : " ";
        text += kDigits[value >> 4U];
        text += kDigits[value & 15U];
    }
    return text;
}

constexpr const char* kWanted = "a TensorFlow Lite model ('TFL3' at byte 4)";

Error not_ours(std::string_view found, std::string_view remedy) {
    return bad_input("the file is " + std::string(found), kWanted, std::string(remedy));
}

}  // namespace

Done recognise(std::span<const std::byte> file) {
    const std::string_view text = first_bytes(file);
    if (text.empty()) {
        return not_ours("empty", "check that it was copied or downloaded to the end");
    }
    if (text.substr(std::min<std::size_t>(4, text.size())).starts_with("TFL3")) {
        return done();
    }
    for (const Foreign& foreign : kForeign) {
        if (text.starts_with(foreign.first)) {
            return not_ours(foreign.found, foreign.remedy);
        }
    }
    if (looks_like_onnx(text)) {
        return not_ours("an ONNX model", "convert it to .tflite; this version reads no ONNX");
    }
    if (is_text(text)) {
        return not_ours(
            "text", "check the path; a script, a label list or an error page may have its name");
    }
    return not_ours("of an unknown kind; it begins with " + in_hex(text.substr(0, 8)),
                    "export the model to .tflite again; the file may be damaged");
}

}  // namespace verge::tflite
