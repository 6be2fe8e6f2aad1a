// The data flash of an emulated board, played by a region of RAM: it keeps its bytes over reset(),
// but not over the end of the emulation. There is no erase block to mind.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "ports/board.hpp"
#include "ports/common/start.hpp"

namespace verge::board {
namespace {

bool is_inside(std::uint32_t offset, std::size_t bytes) {
    const auto flash_bytes =
        reinterpret_cast<std::uintptr_t>(__nvm_end) - reinterpret_cast<std::uintptr_t>(__nvm_start);
    return offset <= flash_bytes && bytes <= flash_bytes - offset;
}

}  // namespace

bool flash_read(std::uint32_t offset, std::span<std::byte> into) {
    if (!is_inside(offset, into.size())) {
        return false;
    }
    std::memcpy(into.data(), __nvm_start + offset, into.size());
    return true;
}

bool flash_write(std::uint32_t offset, std::span<const std::byte> from) {
    if (!is_inside(offset, from.size())) {
        return false;
    }
    std::memcpy(__nvm_start + offset, from.data(), from.size());
    return true;
}

}  // namespace verge::board
