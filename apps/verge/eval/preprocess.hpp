#pragma once
// How a file of a data list becomes the input of a model.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/verge/tensors.hpp"
#include "base/outcome.hpp"
#include "signal/feature_source.hpp"

namespace verge::apps {

enum class PreprocessKind : std::uint8_t { raw, image, speech };

struct ImageSize {
    std::uint32_t width;
    std::uint32_t height;
};

/// A value of the input is pixel * scale + offset; `reinterprets`: the pixels' bytes are the input.
/// What is not given is as the model's input says.
struct ImageSpec {
    std::optional<ImageSize> size;
    std::optional<std::uint32_t> channels;
    float scale = 1.0F / 255.0F;
    float offset = 0.0F;
    bool reinterprets = false;
    bool smooths = true;  // averages all pixels when it shrinks
};

struct Preprocess {
    PreprocessKind kind = PreprocessKind::raw;
    ImageSpec image;
    const signal::FeatureSource* front_end = nullptr;  // of speech
};

/// "raw", "image", "image:resize=96x96,scale=1/128,offset=-1,channels=1,smooth=0", "image:bytes",
/// "microfrontend", "mfcc" and the other front ends. The Error lists what there is.
Outcome<Preprocess> parse_preprocess(std::string_view text);

/// What parse_preprocess() takes, for the help.
[[nodiscard]] std::string preprocess_help();

struct SampleOptions {
    Preprocess preprocess;
    ReadOptions read;
    bool takes_windows = false;  // a file may hold several inputs one after the other
};

/// The inputs of one run for each window in the file: one, unless takes_windows.
Outcome<std::vector<Tensors>> read_sample(const std::vector<PortInfo>& inputs,
                                          const std::string& path,
                                          const SampleOptions& options);

}  // namespace verge::apps
