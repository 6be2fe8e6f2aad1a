#pragma once
// The pieces of the writer, shared by its files only.

#include <utility>

#include <tflite_schema/schema_generated.h>

#include "formats/tflite/options.hpp"

namespace verge::tflite {

/// Number in the union and the table itself, as the FlatBuffer wants them.
using WrittenOptions = std::pair<wire::BuiltinOptions, flatbuffers::Offset<void>>;

[[nodiscard]] WrittenOptions write_options(flatbuffers::FlatBufferBuilder& to,
                                           const Options& options);

/// An empty string is left out of the file.
[[nodiscard]] inline flatbuffers::Offset<flatbuffers::String> stored(
    flatbuffers::FlatBufferBuilder& to, const std::string& text) {
    return text.empty() ? flatbuffers::Offset<flatbuffers::String>() : to.CreateString(text);
}

/// An empty vector is left out of the file.
template <typename T>
[[nodiscard]] flatbuffers::Offset<flatbuffers::Vector<T>> stored(flatbuffers::FlatBufferBuilder& to,
                                                                 const std::vector<T>& items) {
    return items.empty() ? flatbuffers::Offset<flatbuffers::Vector<T>>() : to.CreateVector(items);
}

}  // namespace verge::tflite
