#pragma once
// What a file is by its first bytes: people hand in zips, ONNX files and download stubs, and should
// be told so.

#include <cstddef>
#include <span>

#include "base/outcome.hpp"

namespace verge::tflite {

/// Done where the bytes carry the mark of a .tflite file ("TFL3" at byte 4); else an Error that
/// says what they are and what to do. Looks at no more than the first 512 bytes.
Done recognise(std::span<const std::byte> file);

}  // namespace verge::tflite
