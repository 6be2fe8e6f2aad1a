#pragma once
// From a Model to the bytes of a .tflite file: for tests that need a model in a few lines, and for
// exporting.

#include <cstddef>
#include <vector>

#include "formats/tflite/model.hpp"

namespace verge::tflite {

/// Where the bytes of constants stand. A FlatBuffer ends at 2 GB, so great models keep them
/// outside.
enum class Placement : unsigned char {
    automatic,  // inside while they take less than 1 GB in all
    inside,
    outside,
};

/// The file of a model, which read() gives back equal, with these exceptions: second_union options
/// are left out (their fields are not known), and constants without elements become empty tensors.
/// Equal spans (same bytes at the same address) are stored once; data starts at multiples of 16.
/// Precondition: the model keeps what read() promises, and `inside` data takes less than 2 GB.
[[nodiscard]] std::vector<std::byte> write(const Model& model,
                                           Placement placement = Placement::automatic);

}  // namespace verge::tflite
