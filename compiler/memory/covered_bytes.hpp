#pragma once
// How much memory buffers take together when some lie over others. Hosted.

#include <cstdint>
#include <vector>

namespace verge::compiler {

/// Addresses from `begin` to before `end`.
struct AddressRange {
    std::uint64_t begin;
    std::uint64_t end;
};

/// The number of addresses in at least one of the ranges.
[[nodiscard]] std::uint64_t covered_bytes(std::vector<AddressRange> ranges);

}  // namespace verge::compiler
