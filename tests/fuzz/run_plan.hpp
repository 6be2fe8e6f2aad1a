#pragma once
// Runs whatever bytes claim to be a plan, in both runtimes, and stops the program when something
// was touched that is not the run's own. For fuzz targets.

#include <cstddef>
#include <span>

namespace verge::fuzz {

/// Plans that need more memory, or that would compute for long, are opened but not run.
inline constexpr std::size_t kMostBytes = std::size_t{16} << 20U;
inline constexpr double kMostWork = 1 << 20;

/// Opens, creates and runs twice in the microcontroller's runtime, then once in the fast one for a
/// CPU without features and once for this CPU. Ends for any bytes.
void run_plan(std::span<const std::byte> bytes);

}  // namespace verge::fuzz
