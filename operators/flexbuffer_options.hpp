#pragma once
// The options of a custom operator when they are a FlexBuffers map of numbers, as those of the
// signal operators are. Hosted.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/outcome.hpp"

namespace verge {

/// Names and integers (true is 1). What is not an integer is left out.
/// Reads the bytes itself, every position checked against their end: the verifier of the
/// FlatBuffers that Debian 12 ships lets keys run past the end and reads numbers where they are not
/// aligned.
class FlexbufferOptions {
public:
    /// An Error for bytes that are not a sound map.
    static Outcome<FlexbufferOptions> open(std::span<const std::byte> bytes);

    /// An Error when there is no such integer, or when it lies outside [low, high].
    [[nodiscard]] Outcome<std::int32_t> integer(std::string_view name,
                                                std::int32_t low,
                                                std::int32_t high) const;

private:
    std::map<std::string, std::int64_t, std::less<>> integers_;
};

}  // namespace verge
