#pragma once
// Places buffers in one arena: takes lifetimes and overlaps, returns offsets. Nothing is placed on
// the device.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace verge::compiler {

/// A buffer that must exist from step `first` to step `last`, both included. A buffer that lives
/// before the first step (an input) starts at 0.
struct Buffer {
    std::string name;
    std::uint64_t bytes;
    std::uint32_t first;
    std::uint32_t last;
};

/// The step that both touch writes `output` while it reads `input` for the last time: output may
/// start `distance` bytes (or more) below the start of input, instead of staying clear of it.
struct Overlap {
    std::size_t output;
    std::size_t input;
    std::uint64_t distance;
};

struct Placement {
    std::vector<std::uint64_t> offsets;  // by buffer
    std::uint64_t bytes = 0;             // of the arena
    std::vector<std::size_t> overlaps;   // indices of the overlaps that are in use
};

/// Offsets that are multiples of `alignment`. Tries several orders (largest first, longest first,
/// by step) and improves the best by moving the buffers at the peak to the front; the same input
/// gives the same output. Deterministic, and never worse than largest-first.
[[nodiscard]] Placement place(const std::vector<Buffer>& buffers,
                              const std::vector<Overlap>& overlaps,
                              std::uint64_t alignment);

/// A picture: one line per buffer, '#' where it lives, with offset and size. For tests and people.
[[nodiscard]] std::string draw(const std::vector<Buffer>& buffers, const Placement& placement);

}  // namespace verge::compiler
