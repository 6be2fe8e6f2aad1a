#pragma once
// Small TensorFlow Lite models, at least one for each operator that is imported, in each of its
// types: the first corpora of the fuzz targets are made of them.

#include <cstddef>
#include <string>
#include <vector>

namespace verge::fuzz {

struct NamedModel {
    std::string name;
    std::vector<std::byte> file;
};

[[nodiscard]] std::vector<NamedModel> small_models();

/// The signal operators in a chain: 480 samples of sound to 40 channels.
[[nodiscard]] std::vector<std::byte> audio_model();

}  // namespace verge::fuzz
