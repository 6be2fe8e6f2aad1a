#pragma once
// .npy: one array. Versions 1.0 to 3.0, C and Fortran order and both byte orders are read; C order,
// little-endian, version 1.0 is written.

#include <cstddef>
#include <span>
#include <vector>

#include "base/outcome.hpp"
#include "formats/npy/array.hpp"

namespace verge::npy {

/// The array in C order and little-endian. The file must hold exactly its bytes, not one more.
/// Takes no more memory than twice the file.
[[nodiscard]] Outcome<Array> read_npy(std::span<const std::byte> file);

/// The file. Precondition: at most 64 dimensions, and data of the size that type and shape say.
[[nodiscard]] std::vector<std::byte> write_npy(const Array& array);

}  // namespace verge::npy
