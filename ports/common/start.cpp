// Memory set-up before the firmware runs, and the measure of its stack.

#include "ports/common/start.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#include "ports/board.hpp"
#include "ports/host_files.hpp"
#include "ports/stack.hpp"

namespace {

constexpr std::uint32_t kPaint = 0x5AFEC0DE;
constexpr std::uint32_t kOwnFrameWords = 16;

void paint_stack() {
    const auto* here = static_cast<std::uint32_t*>(__builtin_frame_address(0));
    for (std::uint32_t* word = __stack_limit; word < here - kOwnFrameWords; ++word) {
        *word = kPaint;
    }
}

void set_memory() {
    const std::uint32_t* from = __data_load;
    for (std::uint32_t* word = __data_start; word < __data_end; ++word) {
        *word = *from++;
    }
    for (std::uint32_t* word = __bss_start; word < __bss_end; ++word) {
        *word = 0;
    }
}

std::size_t bytes_between(const std::uint32_t* from, const std::uint32_t* to) {
    return reinterpret_cast<std::uintptr_t>(to) - reinterpret_cast<std::uintptr_t>(from);
}

}  // namespace

extern "C" void verge_start() {
    paint_stack();
    set_memory();
    verge::board::stop(verge_main());
}

namespace verge::board {

std::size_t stack_bytes_used() {
    const std::uint32_t* word = __stack_limit;
    while (word < __stack_top && *word == kPaint) {
        ++word;
    }
    return bytes_between(word, __stack_top);
}

std::size_t stack_bytes_reserved() {
    return bytes_between(__stack_limit, __stack_top);
}

void put_register(const char* name, std::uint32_t value) {
    std::array<char, 12> text{' ', '0', 'x'};
    for (std::uint32_t digit = 0; digit < 8; ++digit) {
        const std::uint32_t nibble = (value >> (28 - 4 * digit)) & 0xFU;
        text[3 + digit] = "0123456789abcdef"[nibble];
    }
    put_text(name);
    put_text(text.data());
    put_text("\n");
}

}  // namespace verge::board
