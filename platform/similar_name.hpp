#pragma once
// "Did you mean": finds the name that a mistyped one was probably meant to be.

#include <span>
#include <string>
#include <string_view>

namespace verge::platform {

/// The candidate nearest to `wanted` by edits (upper and lower case are alike), or an
/// empty string when none is within a third of the length (at least 2 edits, never all of it).
[[nodiscard]] std::string closest_name(std::string_view wanted,
                                       std::span<const std::string> candidates);

}  // namespace verge::platform
