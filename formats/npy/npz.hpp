#pragma once
// .npz: named arrays in one ZIP archive. Stored and deflated entries are read, stored ones written.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/outcome.hpp"
#include "formats/npy/array.hpp"

namespace verge::npy {

using NamedArray = std::pair<std::string, Array>;

/// What an archive may cost: bytes of all entries together, unpacked.
struct NpzLimits {
    std::uint64_t total_bytes = std::uint64_t{1} << 30;
};

/// The arrays in the order of the archive; names without ".npy". An entry that is no .npy, a name
/// that comes twice, zip64, encryption and more than the limit are refused.
[[nodiscard]] Outcome<std::vector<NamedArray>> read_npz(std::span<const std::byte> file,
                                                        NpzLimits limits = {});

/// The archive; the same arrays always give the same bytes. Names must differ.
[[nodiscard]] Outcome<std::vector<std::byte>> write_npz(std::span<const NamedArray> arrays);

}  // namespace verge::npy
