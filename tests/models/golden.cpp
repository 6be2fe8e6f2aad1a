#include "tests/models/golden.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "platform/file.hpp"

namespace verge::test {
namespace {

using Json = nlohmann::json;

std::size_t element_size(const std::string& type) {
    if (type == "i8" || type == "u8" || type == "int8" || type == "uint8" || type == "bool") {
        return 1;
    }
    if (type == "i16" || type == "int16") {
        return 2;
    }
    return type == "i64" || type == "int64" ? 8 : 4;
}

bool is_float(const std::string& type) {
    return type == "f32" || type == "float32";
}

float float_at(const std::vector<std::byte>& bytes, std::size_t index) {
    float value = 0;
    std::memcpy(&value, bytes.data() + index * sizeof value, sizeof value);
    return value;
}

}  // namespace

std::optional<std::string> data_folder() {
    const char* set = std::getenv("VERGE_DATA");
    const std::string folder = set != nullptr ? set : VERGE_SOURCE_DIR "/../shared/data";
    return std::filesystem::is_directory(folder) ? std::optional(folder) : std::nullopt;
}

Outcome<Golden> read_golden(const std::string& model_path) {
    VERGE_ASSIGN(const std::string text, platform::read_text_file(model_path + ".golden.json"));
    VERGE_ASSIGN(const std::vector<std::byte> binary,
                 platform::read_file(model_path + ".golden.bin"));
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) {
        return bad_input("the golden is no JSON");
    }
    Golden golden{
        json["engine"], json["input"]["type"], json["input"]["shape"], json["seeds"], {}, {}};
    golden.is_stateful = golden.engine.find("stateful") != std::string::npos;
    for (const Json& output : json["outputs"]) {
        golden.outputs.push_back({output["type"], output["len"], output["stride"]});
    }
    std::size_t at = 0;
    for (std::size_t seed = 0; seed < golden.seeds.size(); ++seed) {
        for (const GoldenOutput& output : golden.outputs) {
            const std::size_t recorded = (output.length + output.stride - 1) / output.stride;
            const std::size_t bytes = recorded * element_size(output.type);
            if (at + bytes > binary.size()) {
                return bad_input("the golden's binary is too short");
            }
            golden.values.emplace_back(binary.begin() + static_cast<std::ptrdiff_t>(at),
                                       binary.begin() + static_cast<std::ptrdiff_t>(at + bytes));
            at += bytes;
        }
    }
    return golden;
}

std::vector<std::byte> formula_input(const Golden& golden, std::uint32_t seed) {
    std::int64_t count = 1;
    for (const std::int64_t dim : golden.input_shape) {
        count *= dim;
    }
    std::vector<std::byte> bytes;
    std::uint32_t value = seed;
    for (std::int64_t i = 0; i < count; ++i) {
        value = value * 1664525U + 1013904223U;
        const std::uint32_t byte = value >> 24U;
        if (is_float(golden.input_type)) {
            const float real = static_cast<float>(byte) / 127.5F - 1.0F;
            const auto raw = std::as_bytes(std::span(&real, 1));
            bytes.insert(bytes.end(), raw.begin(), raw.end());
        } else {
            const bool is_signed = golden.input_type == "i8" || golden.input_type == "int8";
            bytes.push_back(static_cast<std::byte>(is_signed ? byte - 128 : byte));
        }
    }
    return bytes;
}

Distance distance(const GoldenOutput& output,
                  const std::vector<std::byte>& wanted,
                  const std::vector<std::byte>& found) {
    const std::size_t size = element_size(output.type);
    const std::size_t count = wanted.size() / size;
    Distance result;
    double largest = 0;
    double difference = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = i * output.stride;
        if ((at + 1) * size > found.size()) {
            return {count, INFINITY};
        }
        if (is_float(output.type)) {
            largest = std::max(largest, std::abs(static_cast<double>(float_at(wanted, i))));
            const double error =
                std::abs(static_cast<double>(float_at(wanted, i)) - float_at(found, at));
            difference = std::isnan(error) ? INFINITY : std::max(difference, error);
        }
        result.different +=
            std::memcmp(wanted.data() + i * size, found.data() + at * size, size) != 0 ? 1 : 0;
    }
    result.relative = difference == 0 ? 0 : difference / std::max(largest, 1e-30);
    return result;
}

}  // namespace verge::test
