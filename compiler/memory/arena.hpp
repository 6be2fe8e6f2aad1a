#pragma once
// Gives every arena tensor of a draft its offset. Hosted.
//
// Before placement the `offset` of an arena tensor is the id of its storage: tensors with the same
// id share it (a reshaped tensor is another view of the same bytes). Ids count from 0.

#include <cstdint>
#include <string>
#include <vector>

#include "base/outcome.hpp"
#include "compiler/target.hpp"
#include "plan/draft.hpp"

namespace verge::compiler {

/// A buffer that is alive at the peak, and the operator that writes it. An output may lie over an
/// input of its step, so that the sum of bytes is more than the addresses in use.
struct PeakTensor {
    std::string tensor;
    std::uint64_t bytes;
    std::uint64_t offset;
    std::string step;
};

struct ArenaReport {
    std::uint64_t bytes = 0;
    std::vector<std::uint64_t> live_bytes;  // by step: addresses in use while it runs, each once
    std::size_t peak_step = 0;              // with the most; of equal ones the largest buffers
    std::vector<PeakTensor> peak;           // largest first
    std::string picture;                    // time across, one line per buffer
};

/// Drops reshapes that need no copy, by giving their output the storage of their input.
void remove_free_reshapes(plan::Draft& draft);

/// Places all arena tensors and scratches, sets Memory::arena_bytes[0] and marks the steps whose
/// output lies over their input as ordered. `names` are those of the storages. The Error says that
/// the arena has more bytes than an offset in a plan can say; the draft is of no use then.
Outcome<ArenaReport> place_arena(plan::Draft& draft,
                                 const Target& target,
                                 const std::vector<std::string>& names);

}  // namespace verge::compiler
