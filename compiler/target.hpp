#pragma once
// The machines that a model can be compiled for.

#include <cstdint>
#include <span>
#include <string_view>

#include "base/outcome.hpp"

namespace verge::compiler {

struct Target {
    std::uint32_t id;
    std::string_view name;
    std::uint16_t features;   // cpu:: bits
    std::uint32_t workers;    // threads that may share a step
    std::uint32_t alignment;  // of each constant, in bytes

    [[nodiscard]] bool is_microcontroller() const { return workers == 1; }
};

[[nodiscard]] std::span<const Target> all_targets();

/// `host` is the best x86 or arm64 target that this machine can run; other names are those of
/// targets.inc. The Error lists them.
Outcome<Target> find_target(std::string_view name);

/// "unknown target 77" for an id of a later version.
[[nodiscard]] std::string_view target_name(std::uint32_t id);

}  // namespace verge::compiler
