#include "apps/verge/options.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "platform/similar_name.hpp"

namespace verge::apps {
namespace {

constexpr char kBetween = '\x1f';  // the parts of a message; no argument that people write has it

std::string message(const std::string& found,
                    const std::string& wanted,
                    const std::string& similar = {}) {
    return found + kBetween + wanted + kBetween + similar;
}

template <typename T>
CLI::Validator number_within(T low, T high, const std::string& wanted) {
    return {[=](std::string& text) {
                T value{};
                const auto [end, error] =
                    std::from_chars(text.data(), text.data() + text.size(), value);
                const bool is_number = error == std::errc{} && end == text.data() + text.size();
                // Written so that NaN is outside.
                return is_number && value >= low && value <= high
                           ? std::string()
                           : message("'" + text + "'", wanted);
            },
            ""};
}

/// 0.001 rather than 0.001000.
std::string text_of(double number) {
    std::array<char, 32> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
    return {text.data(), end};
}

}  // namespace

CLI::Option* add_model(CLI::App& app, std::string& path, const std::string& text) {
    return app.add_option("MODEL", path, text + "; - is standard input")
        ->required()
        ->type_name(kReads);
}

void add_tensor_options(CLI::App& app, TensorOptions& options) {
    app.add_option("-i,--input", options.inputs,
                   ".npy, .npz or raw bytes; NAME= where there are several inputs")
        ->type_name(kReadsNamed)
        ->allow_extra_args(false)
        ->group("Tensors");
    app.add_option("-o,--output", options.output, "the outputs, as .npz, or one as .npy")
        ->type_name(kWrites)
        ->group("Tensors");
    app.add_flag("--quantize-inputs", options.quantises, "convert float data by the model's scale")
        ->group("Tensors");
    app.add_flag("--dequantize-outputs", options.dequantises, "write float data by the scale")
        ->group("Tensors");
}

CLI::Validator whole_number(std::uint64_t low, std::uint64_t high) {
    const std::string bound = high == std::numeric_limits<std::uint64_t>::max()
                                  ? " or more"
                                  : " to " + std::to_string(high);
    return number_within(low, high, "a whole number, " + std::to_string(low) + bound);
}

CLI::Validator real_number(double low, double high) {
    return number_within(low, high, "a number, " + text_of(low) + " to " + text_of(high));
}

CLI::Validator one_of(std::vector<std::string> words) {
    std::string all;
    for (const std::string& word : words) {
        all += (all.empty() ? "" : ", ") + word;
    }
    return {[words = std::move(words), all](std::string& text) {
                return std::ranges::find(words, text) != words.end()
                           ? std::string()
                           : message("'" + text + "'", "one of " + all,
                                     platform::closest_name(text, words));
            },
            ""};
}

Finding parse_finding(const std::string& text) {
    const std::size_t first = text.find(kBetween);
    const std::size_t second = text.find(kBetween, first == std::string::npos ? first : first + 1);
    if (second == std::string::npos) {
        return {text, "", ""};
    }
    return {text.substr(0, first), text.substr(first + 1, second - first - 1),
            text.substr(second + 1)};
}

}  // namespace verge::apps
