#pragma once
// The files of apps/verge/schemas, put into the program by the build.

#include <span>
#include <string_view>
#include <utility>

namespace verge::apps {

/// (verb, text of its JSON Schema), by name.
[[nodiscard]] std::span<const std::pair<std::string_view, std::string_view>> schemas();

}  // namespace verge::apps
