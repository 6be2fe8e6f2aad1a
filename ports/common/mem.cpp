// The memory functions (and strlen) that a compiler may call without being asked. There is no C
// library in a firmware; these are small, and copy by words once the destination is aligned. Built
// with -fno-builtin -fno-tree-loop-distribute-patterns, or they would call themselves.

#include <cstddef>
#include <cstdint>

#include "base/cpu.hpp"

namespace {

/// A word that may overlay any object and may start on any byte: the compiler knows whether the
/// core loads it at once or byte by byte.
struct [[gnu::packed, gnu::may_alias]] LooseWord {
    std::uint32_t value;
};

using Word [[gnu::may_alias]] = std::uint32_t;

constexpr std::size_t kWord = sizeof(Word);

/// Then one loop serves all sources.
using verge::cpu::kLoadsWordsAnywhere;

bool is_aligned(const void* pointer) {
    return reinterpret_cast<std::uintptr_t>(pointer) % kWord == 0;
}

/// Bytes up to the next word boundary, at most `bytes`.
std::size_t head_bytes(const void* pointer, std::size_t bytes) {
    const std::size_t head = (0U - reinterpret_cast<std::uintptr_t>(pointer)) % kWord;
    return head < bytes ? head : bytes;
}

/// Copies whole words upwards; `to` is aligned. Returns the bytes copied.
template <typename Source>
std::size_t copy_words(unsigned char* to, const unsigned char* from, std::size_t bytes) {
    auto* out = reinterpret_cast<Word*>(to);
    const auto* in = reinterpret_cast<const Source*>(from);
    std::size_t left = bytes / kWord;
    for (; left >= 4; left -= 4, out += 4, in += 4) {
        const Source first = in[0];
        const Source second = in[1];
        const Source third = in[2];
        const Source fourth = in[3];
        out[0] = first.value;
        out[1] = second.value;
        out[2] = third.value;
        out[3] = fourth.value;
    }
    for (; left > 0; --left) {
        *out++ = (in++)->value;
    }
    return bytes / kWord * kWord;
}

struct [[gnu::may_alias]] FirmWord {
    std::uint32_t value;
};

void copy_up(unsigned char* to, const unsigned char* from, std::size_t bytes) {
    const std::size_t head = head_bytes(to, bytes);
    for (std::size_t i = 0; i < head; ++i) {
        to[i] = from[i];
    }
    to += head;
    from += head;
    bytes -= head;
    const std::size_t done = !kLoadsWordsAnywhere && is_aligned(from)
                                 ? copy_words<FirmWord>(to, from, bytes)
                                 : copy_words<LooseWord>(to, from, bytes);
    for (std::size_t i = done; i < bytes; ++i) {
        to[i] = from[i];
    }
}

void copy_down(unsigned char* to, const unsigned char* from, std::size_t bytes) {
    const bool words = is_aligned(to + bytes) && is_aligned(from + bytes);
    for (; words && bytes >= kWord; bytes -= kWord) {
        *reinterpret_cast<Word*>(to + bytes - kWord) =
            *reinterpret_cast<const Word*>(from + bytes - kWord);
    }
    for (; bytes > 0; --bytes) {
        to[bytes - 1] = from[bytes - 1];
    }
}

}  // namespace

extern "C" {

void* memcpy(void* __restrict to, const void* __restrict from, std::size_t bytes) {
    copy_up(static_cast<unsigned char*>(to), static_cast<const unsigned char*>(from), bytes);
    return to;
}

void* memmove(void* to, const void* from, std::size_t bytes) {
    auto* out = static_cast<unsigned char*>(to);
    const auto* in = static_cast<const unsigned char*>(from);
    const std::uintptr_t ahead =
        reinterpret_cast<std::uintptr_t>(to) - reinterpret_cast<std::uintptr_t>(from);
    // Upwards is right when `to` is below `from` (the difference wraps) or clear of it; but a block
    // of words that overlap within itself must be read before it is written, which copy_words does.
    if (ahead >= bytes) {
        copy_up(out, in, bytes);
    } else {
        copy_down(out, in, bytes);
    }
    return to;
}

void* memset(void* to, int value, std::size_t bytes) {
    auto* out = static_cast<unsigned char*>(to);
    const auto byte = static_cast<unsigned char>(value);
    const std::uint32_t word = byte * 0x01010101U;
    const std::size_t head = head_bytes(out, bytes);
    std::size_t i = 0;
    for (; i < head; ++i) {
        out[i] = byte;
    }
    for (; bytes - i >= 4 * kWord; i += 4 * kWord) {
        auto* words = reinterpret_cast<Word*>(out + i);
        words[0] = word;
        words[1] = word;
        words[2] = word;
        words[3] = word;
    }
    for (; i < bytes; ++i) {
        out[i] = byte;
    }
    return to;
}

int memcmp(const void* left, const void* right, std::size_t bytes) {
    const auto* a = static_cast<const unsigned char*>(left);
    const auto* b = static_cast<const unsigned char*>(right);
    for (std::size_t i = 0; i < bytes; ++i) {
        if (a[i] != b[i]) {
            return a[i] - b[i];
        }
    }
    return 0;
}

std::size_t strlen(const char* text) {
    std::size_t length = 0;
    while (text[length] != '\0') {
        ++length;
    }
    return length;
}

}  // extern "C"
