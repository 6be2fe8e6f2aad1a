#pragma once
// Every kernel that any target has, as data: what a firmware must link for a plan. Hosted.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "operators/kernel.hpp"

namespace verge {

/// A line of a kernels.inc.
struct KernelInfo {
    OpId op;
    plan::Type input;
    plan::Type weight;
    plan::Type output;
    std::string_view flavour;
    std::uint16_t needs;
    std::uint8_t layout;
    std::string_view name;  // "conv2d_s8_s8_s8_ref"
    std::string_view line;  // "conv2d, s8, s8, s8, ref, 0, 0": the arguments of VERGE_ENTRY
};

[[nodiscard]] std::span<const KernelInfo> kernel_catalog();

/// The kernel that a machine with `features` runs for this step, or nullptr.
[[nodiscard]] const KernelInfo* find_kernel_info(const Call& call, std::uint16_t features);

}  // namespace verge
