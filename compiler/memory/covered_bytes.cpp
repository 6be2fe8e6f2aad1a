#include "compiler/memory/covered_bytes.hpp"

#include <algorithm>

namespace verge::compiler {

std::uint64_t covered_bytes(std::vector<AddressRange> ranges) {
    std::ranges::sort(ranges, {}, &AddressRange::begin);
    std::uint64_t covered = 0;
    std::uint64_t end = 0;  // of what was counted
    for (const AddressRange& range : ranges) {
        const std::uint64_t begin = std::max(range.begin, end);
        covered += range.end > begin ? range.end - begin : 0;
        end = std::max(end, range.end);
    }
    return covered;
}

}  // namespace verge::compiler
