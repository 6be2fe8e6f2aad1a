// Edit distance (Levenshtein, two rows) over short names.

#include "platform/similar_name.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <numeric>
#include <vector>

namespace verge::platform {
namespace {

constexpr std::size_t kLongestName = 255;

char lower(char letter) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
}

std::size_t edits_between(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (lower(a[i]) == lower(b[j]) ? 0U : 1U);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string closest_name(std::string_view wanted, std::span<const std::string> candidates) {
    const std::size_t allowed = std::min(std::max<std::size_t>(2, wanted.size() / 3),
                                         wanted.size() - (wanted.empty() ? 0U : 1U));
    std::size_t best = allowed + 1;
    std::string_view found;
    for (const std::string& candidate : candidates) {
        if (wanted.size() > kLongestName || candidate.size() > kLongestName) {
            continue;
        }
        const std::size_t edits = edits_between(wanted, candidate);
        if (edits < best || (edits == best && !found.empty() && candidate < found)) {
            best = edits;
            found = candidate;
        }
    }
    return std::string(found);
}

}  // namespace verge::platform
