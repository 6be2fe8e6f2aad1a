#pragma once
// The door for .tflite files: bytes to a Model whose every offset, index and size was checked.

#include <cstddef>
#include <span>

#include "base/outcome.hpp"
#include "formats/tflite/model.hpp"

namespace verge::tflite {

/// Reads a model. Precondition: `file` outlives the Model, whose data spans point into it. It
/// begins at a multiple of 8, as vectors and mapped files do (refused otherwise). After success:
/// subgraphs are not empty; operands are tensors of their subgraph or kNoTensor; shapes do not
/// overflow; constants have exactly the bytes that type and shape say (sparse and string data
/// excepted); every operand is there before its operator runs, written once; called subgraphs exist
/// and do not call each other in a circle. Nothing is said of what operators mean. Errors:
/// bad_input for a file that is broken or something else, unsupported for one that is sound but
/// newer than this reader. For any bytes it ends, reads nothing outside them, and takes memory in
/// proportion to them.
[[nodiscard]] Outcome<Model> read(std::span<const std::byte> file);

}  // namespace verge::tflite
