#pragma once
// What lies where and when in the arena of a plan: read off the plan itself, so that it is what
// will run, whoever wrote it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "plan/plan.hpp"

namespace verge::apps {

/// A buffer in the arena, from step `first` to step `last`, both included.
struct MappedBuffer {
    std::string name;  // of the step that writes it, or of the input
    std::uint64_t offset;
    std::uint64_t bytes;
    std::uint32_t first;
    std::uint32_t last;

    bool operator==(const MappedBuffer&) const = default;
};

struct MemoryMap {
    std::vector<MappedBuffer> buffers;      // by first step, then by offset
    std::uint64_t bytes = 0;                // of arena 0
    std::vector<std::uint64_t> live_bytes;  // by step: addresses in use while it runs, each once
    std::size_t peak_step = 0;              // with the most; of equal ones the largest buffers
};

/// Of arena 0. A tensor that is another view of the bytes of one before it is one buffer with it.
[[nodiscard]] MemoryMap memory_map(const plan::View& plan);

/// "conv2d 3" or "conv2d 'conv1/Relu'".
[[nodiscard]] std::string step_label(const plan::View& plan, std::size_t step);

/// The map as a picture (SVG): steps across, addresses up, one rectangle per buffer; name, bytes
/// and life of each are shown when the pointer rests on it.
[[nodiscard]] std::string draw_svg(const MemoryMap& map,
                                   const std::vector<std::string>& step_names);

}  // namespace verge::apps
