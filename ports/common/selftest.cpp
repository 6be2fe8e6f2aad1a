// A firmware that tries what a port promises, and says so on the console: memory set-up,
// arithmetic, the memory functions, the eight functions, lamps, host files and the instruction
// markers.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>

#include "ports/board.hpp"
#include "ports/common/start.hpp"
#include "ports/host_files.hpp"
#include "ports/led.hpp"
#include "ports/led_register.hpp"
#include "ports/markers.hpp"
#include "ports/stack.hpp"

/// Memory that start-up and the linker script are tried on; visible from outside, or the compiler
/// would see that nobody changes it. A firmware of ours has no such globals.
namespace verge::selftest {

std::uint32_t initialised = 0x12345678;
std::array<std::uint32_t, 64> zeroed;
extern const std::array<std::byte, 64> model;
[[gnu::section(".model"), gnu::used]] alignas(64) const std::array<std::byte, 64> model{
    std::byte{7}};
[[gnu::section(".bss.arena"), gnu::used]] alignas(64) std::array<std::byte, 4096> arena;

}  // namespace verge::selftest

namespace {

namespace board = verge::board;
using verge::selftest::arena;
using verge::selftest::initialised;
using verge::selftest::model;
using verge::selftest::zeroed;

constexpr std::size_t kBytes = 256;
using Bytes = std::array<std::byte, kBytes>;

/// Keeps the compiler from computing a test at compile time.
template <typename T>
T hidden(T value) {
    asm volatile("" : "+m"(value)::"memory");
    return value;
}

bool starts_with_initialised_data() {
    return hidden(initialised) == 0x12345678;
}

bool starts_with_zeroed_memory() {
    for (const std::uint32_t word : zeroed) {
        if (hidden(word) != 0) {
            return false;
        }
    }
    return true;
}

bool finds_model_and_arena_aligned() {
    const auto model_at = reinterpret_cast<std::uintptr_t>(hidden(model.data()));
    const auto arena_at = reinterpret_cast<std::uintptr_t>(hidden(arena.data()));
    return model_at % 64 == 0 && arena_at % 64 == 0 && hidden(model[0]) == std::byte{7};
}

bool divides_64_bits() {
    const std::uint64_t top = hidden(std::uint64_t{0xFEDCBA9876543210U});
    const std::int64_t low = hidden(std::int64_t{-1000000000007});
    return top / hidden(std::uint64_t{0x1234567U}) == 962072701408U &&
           low / hidden(std::int64_t{1000003}) == -999997 &&
           low % hidden(std::int64_t{1000003}) == -16;
}

bool computes_in_floats() {
    const float third = hidden(1.0F) / hidden(3.0F);
    const double product = hidden(1.5) * hidden(-2.25);
    return third > 0.333333F && third < 0.3333334F && product == -3.375 &&
           static_cast<std::int32_t>(hidden(-7.9F)) == -7;
}

Bytes counting_bytes() {
    Bytes bytes{};
    for (std::size_t i = 0; i < kBytes; ++i) {
        bytes[i] = static_cast<std::byte>((i * 7) + 1);
    }
    return bytes;
}

/// `moved` is `original` with `bytes` of it copied from `from` to `to`, and nothing else changed.
bool is_moved(const Bytes& moved, const Bytes& original, std::array<std::size_t, 3> copy) {
    const auto [to, from, bytes] = copy;
    for (std::size_t i = 0; i < kBytes; ++i) {
        const bool inside = i >= to && i < to + bytes;
        if (moved[i] != original[inside ? i - to + from : i]) {
            return false;
        }
    }
    return true;
}

bool copies_every_length(std::size_t to, std::size_t from) {
    const Bytes original = counting_bytes();
    for (std::size_t bytes = 0; bytes < 40; ++bytes) {
        Bytes moved = original;
        std::memcpy(hidden(moved.data()) + to, moved.data() + from, hidden(bytes));
        if (!is_moved(moved, original, {to, from, bytes})) {
            return false;
        }
    }
    return true;
}

bool copies_at_every_alignment() {
    for (std::size_t pair = 0; pair < 64; ++pair) {
        if (!copies_every_length(128 + (pair / 8), pair % 8)) {
            return false;
        }
    }
    return true;
}

bool moves_overlapping_bytes_both_ways() {
    const Bytes original = counting_bytes();
    for (std::size_t to = 32; to < 64; ++to) {
        for (std::size_t bytes = 0; bytes < 48; ++bytes) {
            Bytes moved = original;
            std::memmove(hidden(moved.data()) + to, moved.data() + 48, hidden(bytes));
            if (!is_moved(moved, original, {to, 48, bytes})) {
                return false;
            }
        }
    }
    return true;
}

bool fills_only(std::size_t start, std::size_t bytes) {
    const Bytes original = counting_bytes();
    Bytes filled = original;
    std::memset(hidden(filled.data()) + start, 0x1A5, hidden(bytes));
    for (std::size_t i = 0; i < kBytes; ++i) {
        const bool inside = i >= start && i < start + bytes;
        if (filled[i] != (inside ? std::byte{0xA5} : original[i])) {
            return false;
        }
    }
    return true;
}

bool fills_at_every_alignment() {
    for (std::size_t start = 0; start < 8; ++start) {
        for (std::size_t bytes = 0; bytes < 40; ++bytes) {
            if (!fills_only(start, bytes)) {
                return false;
            }
        }
    }
    return true;
}

bool compares_bytes_as_unsigned() {
    Bytes low{};
    Bytes high{};
    high[5] = std::byte{0x80};
    return std::memcmp(low.data(), high.data(), hidden(kBytes)) < 0 &&
           std::memcmp(high.data(), low.data(), hidden(kBytes)) > 0 &&
           std::memcmp(low.data(), high.data(), hidden(std::size_t{5})) == 0;
}

bool switches_lamps() {
    board::set_led(0, true);
    board::set_led(1, true);
    const bool both = board::leds() == 3;
    board::set_led(0, false);
    return both && board::leds() == 2;
}

bool sleeps_until_the_time_asked() {
    const std::uint64_t before = board::now_us();
    board::sleep_until(before + 2000);
    const std::uint64_t slept = board::now_us() - before;
    return slept >= 2000 && board::now_us() >= before;
}

bool keeps_bytes_in_flash() {
    const Bytes written = counting_bytes();
    Bytes read{};
    return board::flash_write(1000, written) && board::flash_read(1000, read) && read == written &&
           !board::flash_write(65536 - 255, written) && !board::flash_read(0xFFFFFFFF, read);
}

bool draws_random_bytes() {
    std::array<std::byte, 16> first{};
    std::array<std::byte, 16> second{};
    board::random(first);
    board::random(second);
    return first != second;
}

bool carries_a_file_to_the_host_and_back() {
    const Bytes written = counting_bytes();
    Bytes read{};
    const auto out = board::open_host_file("selftest.bin", board::HostMode::write);
    const bool wrote = board::write_host_file(out, written);
    board::close_host_file(out);
    const auto in = board::open_host_file("selftest.bin", board::HostMode::read);
    const bool same = board::host_file_size(in) == kBytes &&
                      board::read_host_file(in, read) == kBytes &&
                      board::read_host_file(in, std::span(read).first(1)) == 0 && read == written;
    board::close_host_file(in);
    return wrote && same &&
           board::open_host_file("no such file", board::HostMode::read) == board::HostFile::none;
}

/// The intervals that the test of the counter expects: 0, 1000, then loops of 1000 and 2000 rounds,
/// then 700 of 1.
[[gnu::noinline]] void count_loop(std::uint32_t rounds) {
    board::count_begin();
    for (std::uint32_t i = 0; i < rounds; ++i) {
        asm volatile(".rept 100\n nop\n .endr");
    }
    board::count_end();
}

/// Many one-instruction intervals in a row: markers come to stand at the ends of pages, 1 KiB
/// apart, where QEMU reads instructions differently.
[[gnu::always_inline]] inline void count_one() {
    board::count_begin();
    asm volatile("nop");
    board::count_end();
}

template <std::size_t... kRound>
void count_across_pages(std::index_sequence<kRound...>) {
    ((static_cast<void>(kRound), count_one(), count_one(), count_one(), count_one()), ...);
}

bool counts_instructions() {
    board::count_begin();
    board::count_end();
    board::count_begin();
    asm volatile(".rept 1000\n nop\n .endr");
    board::count_end();
    count_loop(hidden(1000U));
    const std::uint64_t before = board::now_us();
    count_loop(hidden(2000U));
    board::put_register("loop_us", static_cast<std::uint32_t>(board::now_us() - before));
    count_across_pages(std::make_index_sequence<175>());
    return true;
}

bool uses_a_stack_that_it_measures() {
    const std::size_t used = board::stack_bytes_used();
    board::put_register("stack_bytes", static_cast<std::uint32_t>(used));
    return used > kBytes && used < board::stack_bytes_reserved();
}

struct Check {
    const char* name;
    bool (*passes)();
};

constexpr std::array kChecks{
    Check{"starts with initialised data", starts_with_initialised_data},
    Check{"starts with zeroed memory", starts_with_zeroed_memory},
    Check{"finds model and arena aligned", finds_model_and_arena_aligned},
    Check{"divides 64 bits", divides_64_bits},
    Check{"computes in floats", computes_in_floats},
    Check{"copies at every alignment", copies_at_every_alignment},
    Check{"moves overlapping bytes both ways", moves_overlapping_bytes_both_ways},
    Check{"fills at every alignment", fills_at_every_alignment},
    Check{"compares bytes as unsigned", compares_bytes_as_unsigned},
    Check{"switches lamps", switches_lamps},
    Check{"sleeps until the time asked", sleeps_until_the_time_asked},
    Check{"keeps bytes in flash", keeps_bytes_in_flash},
    Check{"draws random bytes", draws_random_bytes},
    Check{"carries a file to the host and back", carries_a_file_to_the_host_and_back},
    Check{"counts instructions", counts_instructions},
    Check{"uses a stack that it measures", uses_a_stack_that_it_measures},
};

/// At most 99 checks.
void put_count(int count) {
    const std::array<char, 3> text{static_cast<char>('0' + (count / 10)),
                                   static_cast<char>('0' + (count % 10)), '\0'};
    board::put_text(count < 10 ? &text[1] : text.data());
}

}  // namespace

int verge_main() {
    int passed = 0;
    int failed = 0;
    for (const Check& check : kChecks) {
        const bool passes = check.passes();
        board::put_text(passes ? "passed: " : "FAILED: ");
        board::put_text(check.name);
        board::put_text("\n");
        passed += passes ? 1 : 0;
        failed += passes ? 0 : 1;
    }
    board::put_text("verge: ");
    put_count(passed);
    board::put_text(" passed, ");
    put_count(failed);
    board::put_text(" failed\n");
    return failed == 0 ? 0 : 1;
}
