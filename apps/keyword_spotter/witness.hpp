#pragma once
// Who is told what the firmware does. Under emulation it is written down for the host
// (witness_emulated.cpp); a product links one that does nothing, or its own. Freestanding.

#include <cstdint>

#include "apps/keyword_spotter/spotter.hpp"
#include "base/result.hpp"

namespace verge::spotter {

/// The firmware could not start.
void witness_fault(Fault fault);

/// It begins to listen.
void witness_start();

/// It was awake once: for these samples, and for `heard` when a turn of the network was due.
void witness_awake(const signal::Taken& taken, const Heard& heard);

/// The sound ended; `lost` samples came too fast.
void witness_end(std::uint32_t lost);

}  // namespace verge::spotter
