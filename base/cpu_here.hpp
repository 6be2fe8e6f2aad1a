#pragma once
// What the processor that runs this can do. Hosted; the machine's word, or VERGE_CPU's if that is
// set (for tests and for finding out what a feature is worth).

#include <cstdint>
#include <string>
#include <string_view>

#include "base/cpu.hpp"
#include "base/outcome.hpp"

namespace verge::cpu {

/// The cpu:: bits of this machine, fewer when the environment variable VERGE_CPU names a lesser
/// one ("baseline", "avx2", "avx512"). A name that is unknown is ignored here; parse() complains.
[[nodiscard]] std::uint16_t here();

/// The bits of a name, as VERGE_CPU and `verge bench --cpu` take it.
Outcome<std::uint16_t> parse(std::string_view name);

/// "baseline", "avx2", "avx512", "neon" ...
[[nodiscard]] std::string describe(std::uint16_t features);

}  // namespace verge::cpu
