#pragma once
// The kinds of options that verbs have: files that are read or written, numbers, one of some words.
// usage.hpp checks calls by these marks.

#include <cstdint>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace verge::apps {

/// Type names of the options whose values are paths.
inline constexpr const char* kReads = "FILE";
inline constexpr const char* kReadsNamed = "[NAME=]FILE";
inline constexpr const char* kWrites = "OUT";

/// The positional MODEL, which every call must have.
CLI::Option* add_model(CLI::App& app, std::string& path, const std::string& text);

/// --input, --output, --quantize-inputs and --dequantize-outputs, of the verbs that run a model
/// once.
struct TensorOptions {
    std::vector<std::string> inputs;
    std::string output;
    bool quantises = false;
    bool dequantises = false;
};

void add_tensor_options(CLI::App& app, TensorOptions& options);

/// Takes numbers from `low` to `high`; NaN is none.
[[nodiscard]] CLI::Validator whole_number(std::uint64_t low, std::uint64_t high);
[[nodiscard]] CLI::Validator real_number(double low, double high);

[[nodiscard]] CLI::Validator one_of(std::vector<std::string> words);

/// What a Validator of this file found and wanted, apart; `wanted` is empty for other messages.
struct Finding {
    std::string found;
    std::string wanted;
    std::string similar;  // did you mean this
};

[[nodiscard]] Finding parse_finding(const std::string& message);

}  // namespace verge::apps
