// Numbers and sizes as people write them.

#include "apps/verge/verb.hpp"

namespace verge::apps {

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t i = digits.size(); i > 3; i -= 3) {
        digits.insert(i - 3, 1, ' ');
    }
    return digits;
}

Outcome<std::uint64_t> parse_size(const std::string& text) {
    std::size_t used = 0;
    std::uint64_t value = 0;
    while (used < text.size() && text[used] >= '0' && text[used] <= '9' &&
           value < (std::uint64_t{1} << 40U)) {
        value = value * 10 + static_cast<std::uint64_t>(text[used] - '0');
        ++used;
    }
    const std::string unit = text.substr(used);
    const std::uint64_t factor = unit.empty()                 ? 1
                                 : unit == "K" || unit == "k" ? 1024
                                 : unit == "M"                ? 1024 * 1024
                                                              : 0;
    if (used == 0 || factor == 0) {
        return bad_input("'" + text + "' is not a size",
                         "bytes, or a number with K or M, such as 256K");
    }
    return value * factor;
}

}  // namespace verge::apps
