#pragma once
// Takes whatever bytes claim to be a model from read to run, for two targets and
// as a stream. For fuzz targets.

#include <cstddef>
#include <span>

namespace verge::fuzz {

/// Ends for any bytes. False when something is refused without a word, or when the compiler writes
/// a plan that the runtime does not open. Models of many elements are read, but not compiled: they
/// ask for memory by right.
[[nodiscard]] bool compile_and_run(std::span<const std::byte> file);

}  // namespace verge::fuzz
