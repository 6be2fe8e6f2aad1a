#pragma once
// Recorded outputs of other engines (NAME.golden.json and .bin beside a model) and the formula that
// made their inputs. The folder of real models is ../shared/data or $VERGE_DATA.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/outcome.hpp"

namespace verge::test {

/// The folder of models and data, when this machine has it.
[[nodiscard]] std::optional<std::string> data_folder();

struct GoldenOutput {
    std::string type;
    std::size_t length;  // elements recorded
    std::size_t stride;  // every stride-th element was recorded
};

struct Golden {
    std::string engine;
    std::string input_type;  // "i8", "u8", "f32"
    std::vector<std::int64_t> input_shape;
    std::vector<std::uint32_t> seeds;
    std::vector<GoldenOutput> outputs;
    std::vector<std::vector<std::byte>> values;  // seeds times outputs
    bool is_stateful = false;                    // the state carries over the seeds, in order
};

/// Reads MODEL.golden.json and MODEL.golden.bin.
Outcome<Golden> read_golden(const std::string& model_path);

/// The input bytes that the formula gives for a seed.
[[nodiscard]] std::vector<std::byte> formula_input(const Golden& golden, std::uint32_t seed);

/// How far outputs are from the golden: for integers the number of elements that differ, for
/// floats the largest difference over the largest golden magnitude.
struct Distance {
    std::size_t different = 0;
    double relative = 0;
};

[[nodiscard]] Distance distance(const GoldenOutput& output,
                                const std::vector<std::byte>& wanted,
                                const std::vector<std::byte>& found);

}  // namespace verge::test
