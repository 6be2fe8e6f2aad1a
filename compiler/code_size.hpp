#pragma once
// How much code a set of kernels is, before anything is linked.

#include <cstdint>
#include <span>
#include <string>

namespace verge::compiler {

/// Bytes of text and read-only data of a firmware with these kernels (lines of VERGE_ENTRY), from
/// code_sizes.inc, which tools/measure_code.py writes from a Cortex-M4 build. An estimate: the
/// linker shares code between kernels, and other CPUs differ by about a third.
[[nodiscard]] std::uint64_t estimate_code_bytes(std::span<const std::string> kernels);

}  // namespace verge::compiler
