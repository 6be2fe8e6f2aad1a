#pragma once
// What every reader of this floor must stand: each truncation, and each byte changed.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace verge::formats {

/// The bytes of a literal, which may hold zeros.
inline std::vector<std::byte> bytes_of(std::string_view text) {
    const std::span<const std::byte> bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

/// Every proper prefix of `file` must be refused with a message. `read` gives an Outcome. Each
/// prefix lies in memory of its own, so the address sanitizer sees a byte read too far.
template <typename Read>
void expect_each_truncation_refused(std::span<const std::byte> file, Read read) {
    for (std::size_t size = 0; size < file.size(); ++size) {
        const std::vector<std::byte> prefix(file.begin(),
                                            file.begin() + static_cast<std::ptrdiff_t>(size));
        const auto outcome = read(std::span<const std::byte>(prefix));
        ASSERT_FALSE(outcome.ok())
            << size << " of " << file.size() << " bytes were taken for the whole";
        ASSERT_FALSE(outcome.error().what.empty());
    }
}

/// Changes each byte in turn, in several ways; returns how many of the changed files were refused.
/// Those that are not refused must satisfy `holds(value)`.
template <typename Read, typename Holds>
std::size_t read_each_corruption(std::span<const std::byte> file, Read read, Holds holds) {
    std::size_t refused = 0;
    std::vector<std::byte> changed(file.begin(), file.end());
    for (std::size_t at = 0; at < file.size(); ++at) {
        for (const unsigned flip : {0x01U, 0x10U, 0x80U, 0xFFU}) {
            changed[at] = file[at] ^ static_cast<std::byte>(flip);
            const auto outcome = read(std::span<const std::byte>(changed));
            if (!outcome.ok()) {
                ++refused;
            } else {
                EXPECT_TRUE(holds(outcome.value())) << "byte " << at << " changed by " << flip;
            }
        }
        changed[at] = file[at];
    }
    return refused;
}

}  // namespace verge::formats
