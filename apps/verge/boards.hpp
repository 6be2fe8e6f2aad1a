#pragma once
// The boards of ports/boards.inc.

#include <cstdint>
#include <span>
#include <string_view>

namespace verge::apps {

struct Board {
    std::string_view name;
    std::string_view target;
    std::string_view machine;  // of QEMU
    std::string_view cpu;      // of QEMU; empty: the machine's own
    std::uint64_t ram_bytes;
    std::uint64_t flash_bytes;
    std::string_view description;
};

[[nodiscard]] std::span<const Board> all_boards();

/// nullptr when there is none of that name.
[[nodiscard]] const Board* find_board(std::string_view name);

}  // namespace verge::apps
